// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/registryauthbox.h"

#include "core/workflows/stores.h"

#include <utility>

namespace novita {

RegistryAuthBox::RegistryAuthBox(const UiContext &context, QWidget *parent)
    : QComboBox(parent), m_context(context)
{
    const RegistryAuthStore &store = context.stores.registryAuths;
    const auto follow = [this] { fill(chosen()); };
    connect(&store, &EntityStoreBase::inserted, this, follow);
    connect(&store, &EntityStoreBase::changed, this, follow);
    connect(&store, &EntityStoreBase::removed, this, follow);
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
    QList<std::pair<QString, QString>> choices{{tr("None: it is public"), QString()}};
    for (const RegistryAuthId &id : m_context.stores.registryAuths.ids()) {
        const RegistryAuth *auth = m_context.stores.registryAuths.find(id);
        choices.append({tr("%1 (%2)").arg(auth->name, auth->username), id.toString()});
    }
    if (!wanted.isEmpty() && !m_context.stores.registryAuths.contains(wanted))
        choices.append({wanted.toString(), wanted.toString()});
    clear();
    for (const auto &[words, id] : std::as_const(choices))
        addItem(words, id);
    setCurrentIndex(findData(wanted.toString()));
}

} // namespace novita
