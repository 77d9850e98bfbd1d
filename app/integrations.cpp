// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/integrations.h"

#include "app/commandline.h"

namespace novita {

Integrations::Integrations(const Options &options, Settings &settings, SecretStore &secrets, const Clock &clock)
    : webhooks(settings, secrets, clock, options.dataDir, options.webhooks)
{
}

void Integrations::start()
{
    webhooks.start();
}

} // namespace novita
