// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/registryauthbox.h"

#include "core/workflows/stores.h"
#include "ui/widgets/choicebox.h"

namespace novita {

RegistryAuthBox::RegistryAuthBox(const UiContext &context, QWidget *parent)
    : QComboBox(parent), m_context(context)
{
    context.stores.registryAuths.followRows(this, [this] { fill(chosen()); });
    fill({});
}

void RegistryAuthBox::choose(const RegistryAuthId &id)
{
    fill(id);
}

RegistryAuthId RegistryAuthBox::chosen() const
{
    return RegistryAuthId(currentData().toString());
}

void RegistryAuthBox::fill(const RegistryAuthId &wanted)
{
    fillChoices(this, tr("None: it is public"), credentialChoices(m_context.stores), wanted.toString());
}

} // namespace novita
