// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accountgate.h"

#include "ui/prompts.h"

#include <QWidget>

#include <utility>

namespace novita {

AccountGate::AccountGate(Prompts &prompts)
    : m_prompts(prompts)
{
}

void AccountGate::watch(QObject *owner, std::function<QString()> creating)
{
    std::erase_if(m_watchers, [owner](const Watcher &watcher) { return !watcher.owner || watcher.owner == owner; });
    m_watchers.push_back({owner, std::move(creating)});
}

QString AccountGate::creating() const
{
    for (const Watcher &watcher : m_watchers) {
        if (const QString name = watcher.owner ? watcher.creating() : QString(); !name.isEmpty())
            return name;
    }
    return {};
}

QString AccountGate::warning() const
{
    const QString name = creating();
    return name.isEmpty() ? QString()
                          : tr("“%1” is being created, and the answer has not come yet. It may be created all the same and cost money: look for it in the list afterwards.").arg(name);
}

void AccountGate::pass(QWidget *asker, const QString &question, const QString &goLabel, const Action &go, const Action &stay)
{
    const QString loss = warning();
    if (loss.isEmpty()) {
        go();
        return;
    }
    ConfirmRequest request;
    request.title = question;
    request.text = loss;
    request.confirmLabel = goLabel;
    m_prompts.confirm(asker->window(), request, [guard = QPointer<QWidget>(asker), go, stay](bool yes) {
        if (!guard)
            return;
        if (yes)
            go();
        else if (stay)
            stay();
    });
}

void AccountGate::passToProfile(QWidget *asker, const Action &go, const Action &stay)
{
    pass(asker, tr("Change the profile?"), tr("Change anyway"), go, stay);
}

void AccountGate::passToKey(QWidget *asker, const Action &go, const Action &stay)
{
    pass(asker, tr("Change the API key?"), tr("Change anyway"), go, stay);
}

} // namespace novita
