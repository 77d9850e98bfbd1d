// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"
#include "tests/support/scriptedprompts.h"
#include "ui/uicontext.h"

#include <memory>

namespace novita {

class FakeSecretStore;
struct Instance;

/// Everything below the pages, real but for the network, the clock, the secrets and the questions. The key is set and the
/// active profile is a plain one; nothing polls unless a test starts the refresher.
class UiFixture
{
public:
    UiFixture();
    ~UiFixture();

    UiContext context();
    FakeNam &network();
    FakeNam &links(); ///< of what is asked without a key: image servers, results by their links
    FakeClock &clock();
    ScriptedPrompts &prompts();
    FakeSecretStore &secrets();
    Stores &stores();
    Settings &settings();
    /// Off until a test starts it; what arrives is kept in the settings' folder.
    WebhookService &webhooks();
    /// Off until a test opens the history and starts it.
    WebhookNotifier &notifier();
    ImageWorkspace &images();
    LocalApiService &localApi(); ///< off until a test starts it
    Theme &theme();

    /// Saves and activates a profile with these flags.
    void useProfile(bool production, bool readOnly);
    /// An instance with everything the table shows, by number: "worker-7" has id "i-7".
    Instance instance(int number) const;
    /// Puts `count` of them into the store, as a list answer of now, with prices.
    void fill(int count);
    /// Paths of the requests so far that change something.
    QStringList writes() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
