// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choicebox.h"

#include "core/base/displaytext.h"
#include "core/workflows/stores.h"

#include <QComboBox>
#include <QCoreApplication>

#include <algorithm>

namespace novita {

void fillChoices(QComboBox *box, const QString &none, QList<Choice> choices, const QString &chosen)
{
    if (!none.isEmpty())
        choices.prepend({QString(), none});
    const bool known = std::any_of(choices.cbegin(), choices.cend(), [&chosen](const Choice &choice) { return choice.id == chosen; });
    if (!known && !chosen.isEmpty())
        choices.append({chosen, displayLine(chosen)});
    bool same = box->count() == choices.size();
    for (int i = 0; same && i < choices.size(); ++i)
        same = box->itemData(i).toString() == choices.at(i).id && box->itemText(i) == choices.at(i).words;
    if (!same) {
        box->clear();
        for (const Choice &choice : std::as_const(choices))
            box->addItem(choice.words, choice.id);
    }
    box->setCurrentIndex(box->findData(chosen));
}

QList<Choice> credentialChoices(const Stores &stores)
{
    QList<Choice> choices;
    for (const RegistryAuthId &id : stores.registryAuths.ids()) {
        const RegistryAuth *auth = stores.registryAuths.find(id);
        choices.append({id.toString(), QCoreApplication::translate("ChoiceBox", "%1 (%2)").arg(displayLine(auth->name), displayLine(auth->username))});
    }
    return choices;
}

} // namespace novita
