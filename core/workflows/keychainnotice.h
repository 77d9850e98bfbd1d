// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secretstore.h"

#include <QString>

namespace novita {

enum class KeySource;

/// What a person should know about where the API key is kept: a sentence when it lives for this session only or the keychain
/// is locked, else empty. `hasProfile`: one is in use; before the first is made, where its key will go is worth knowing too.
QString keychainNotice(KeychainState keychain, KeySource source, bool hasProfile);

} // namespace novita
