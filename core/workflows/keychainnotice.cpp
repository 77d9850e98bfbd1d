// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/keychainnotice.h"

#include "core/workflows/sessioncontroller.h"

namespace novita {

QString keychainNotice(KeychainState keychain, KeySource source, bool hasProfile)
{
    const bool sessionOnly = source == KeySource::Session;
    switch (source) {
    case KeySource::Keychain:
    case KeySource::Environment:
    case KeySource::Sandbox: return {};
    case KeySource::None:
    case KeySource::Session: break;
    }
    switch (keychain) {
    case KeychainState::Locked:
        if (sessionOnly)
            return SessionController::tr("The keychain is locked. The API key is kept for this session only.");
        return hasProfile ? SessionController::tr("The keychain is locked. Unlock it, or enter the API key again to use it for this session only.")
                          : SessionController::tr("The keychain is locked. Unlock it, or an API key is kept for this session only.");
    case KeychainState::Unavailable:
        return SessionController::tr("No keychain was found on this system. API keys are kept for this session only.");
    case KeychainState::Unknown:
    case KeychainState::Ok: break;
    }
    return sessionOnly ? SessionController::tr("The API key is kept for this session only.") : QString();
}

} // namespace novita
