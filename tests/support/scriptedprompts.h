// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompts.h"

#include <QList>

#include <deque>
#include <functional>
#include <utility>

namespace novita {

/// Answers questions as a test says, at once, and keeps what was asked. Without a scripted answer: no, and no file.
class ScriptedPrompts final : public Prompts
{
public:
    void answerNext(bool yes) { m_answers.push_back(yes); }
    /// What happens while the next question stands open.
    void meanwhile(std::function<void()> happens) { m_meanwhile = std::move(happens); }
    void chooseNext(const QString &path) { m_paths.push_back(path); }
    void chooseNextTogether(const QStringList &paths) { m_together.push_back(paths); }
    const QList<ConfirmRequest> &asked() const { return m_asked; }

    void confirm(QWidget *, const ConfirmRequest &request, std::function<void(bool)> answer) override
    {
        m_asked.append(request);
        if (const auto happens = std::exchange(m_meanwhile, nullptr))
            happens();
        answer(take(&m_answers, false));
    }
    void openFile(QWidget *, const QString &, const QString &, std::function<void(QString)> answer) override
    {
        answer(take(&m_paths, QString()));
    }
    void saveFile(QWidget *, const QString &, const QString &, const QString &, std::function<void(QString)> answer) override
    {
        answer(take(&m_paths, QString()));
    }
    void chooseFolder(QWidget *, const QString &, std::function<void(QString)> answer) override { answer(take(&m_paths, QString())); }
    void openFiles(QWidget *, const QString &, const QString &, std::function<void(QStringList)> answer) override { answer(take(&m_together, QStringList())); }

private:
    template<typename T>
    static T take(std::deque<T> *queue, T fallback)
    {
        if (queue->empty())
            return fallback;
        T first = std::move(queue->front());
        queue->pop_front();
        return first;
    }

    QList<ConfirmRequest> m_asked;
    std::deque<bool> m_answers;
    std::deque<QString> m_paths;
    std::deque<QStringList> m_together;
    std::function<void()> m_meanwhile;
};

} // namespace novita
