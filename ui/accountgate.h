// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>
#include <vector>

class QWidget;

namespace novita {

class Prompts;

/// Everything that leaves the account in use goes through here: another profile, another API root, another key, the end of
/// the program. While an instance is being created that would abandon the answer, so it is asked first. Never blocks.
class AccountGate final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccountGate)

public:
    using Action = std::function<void()>;

    /// `prompts` must outlive it.
    explicit AccountGate(Prompts &prompts);

    /// `creating` tells the name of an instance that is being created now, empty for none. It is asked as long as `owner` lives, of
    /// several in the order in which they came.
    void watch(QObject *owner, std::function<QString()> creating);
    QString creating() const;
    /// What leaving would mean now, for a question that is asked anyway; empty when nothing is being created.
    QString warning() const;

    /// Runs `go` now, or, while an instance is being created, after the person was told what leaving means and said yes;
    /// after a no, `stay`. Neither is run once `asker` is gone. `asker` names the window that the question belongs to.
    void pass(QWidget *asker, const QString &question, const QString &goLabel, const Action &go, const Action &stay = {});
    /// The same in the words for another profile or another server of the same one, and for another key.
    void passToProfile(QWidget *asker, const Action &go, const Action &stay = {});
    void passToKey(QWidget *asker, const Action &go, const Action &stay = {});

private:
    Prompts &m_prompts;
    struct Watcher
    {
        QPointer<QObject> owner;
        std::function<QString()> creating;
    };
    std::vector<Watcher> m_watchers;
};

} // namespace novita
