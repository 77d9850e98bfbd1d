// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/background.h"
#include "ui/images/wildcardsdialog.h"
#include "ui/images/wildcardsource.h"
#include "ui/prompts.h"
#include "ui/widgets/discardquestion.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"

#include <QDesktopServices>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUrl>

#include <memory>

namespace novita {

QString WildcardsDialog::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void WildcardsDialog::fill()
{
    const QString wanted = m_wanted.isEmpty() ? m_shown : m_wanted;
    QListWidgetItem *chosen = nullptr;
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        const QStringList names = m_source.lists().names();
        for (const QString &name : names) {
            const qsizetype lines = m_source.lists().lines(name).size();
            auto *item = new QListWidgetItem(QStringLiteral("%1   %2").arg(name, QLocale().toString(lines)), m_list);
            item->setData(Qt::UserRole, name);
            item->setData(Qt::AccessibleTextRole,
                          tr("%1, lines: %2", "a wildcard list").arg(name, QLocale().toString(lines)));
            if (name == wanted)
                chosen = item;
        }
        if (!chosen && m_name->text().isEmpty() && m_text->toPlainText().isEmpty())
            chosen = m_list->item(0);
        m_list->setCurrentItem(chosen);
    }
    filter(m_search->text());
    const QStringList problems = m_source.problems();
    m_problems->setText(problems.mid(0, 4).join(u'\n') + (problems.size() > 4 ? QStringLiteral("\n…") : QString()));
    m_problems->setVisible(!problems.isEmpty());
    if (chosen && (current() != m_shown || !m_wanted.isEmpty()))
        showCurrent();
    m_wanted.clear();
    present();
}

/// Another row: the one of before stays until it is clear that nothing is lost.
void WildcardsDialog::moveTo()
{
    const QString wanted = current();
    if (!isModified())
        return showCurrent();
    select(m_shown);
    // A click marks its row after this.
    QMetaObject::invokeMethod(m_list, [this] { select(current()); }, Qt::QueuedConnection);
    leave([this, wanted] {
        select(wanted);
        showCurrent();
    });
}

void WildcardsDialog::select(const QString &name)
{
    const QSignalBlocker blocker(m_list);
    QListWidgetItem *found = nullptr;
    for (int row = 0; row < m_list->count() && !found && !name.isEmpty(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == name)
            found = m_list->item(row);
    }
    m_list->setCurrentItem(found);
}

bool WildcardsDialog::isModified() const
{
    return !m_reading.isBusy() && (m_name->text().trimmed() != m_shown || m_text->toPlainText() != m_shownText);
}

void WildcardsDialog::leave(std::function<void()> go)
{
    goOnOrAskToDiscard(m_prompts, this, isModified(), tr("What was written here has not been saved."), std::move(go));
}

void WildcardsDialog::reject()
{
    leave([this] { QDialog::reject(); });
}

void WildcardsDialog::filter(const QString &part)
{
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setHidden(
            !m_list->item(row)->data(Qt::UserRole).toString().contains(part.trimmed(), Qt::CaseInsensitive));
}

void WildcardsDialog::showCurrent()
{
    m_shown = current();
    m_shownText.clear();
    m_name->setText(m_shown);
    m_text->clear();
    m_reading.reset();
    if (m_shown.isEmpty())
        return present();
    using Text = std::shared_ptr<const Result<QString>>;
    const auto work = [folder = m_source.folder(), name = m_shown] {
        return std::make_shared<const Result<QString>>(wildcardfolder::textOf(folder, name));
    };
    m_reading.reset(inBackground<Text>(work, this))->onFinished(this, [this](const Result<Text> &text) {
        if (!text)
            return;
        if (!**text)
            return m_banner->setError((*text)->error());
        m_text->setPlainText(***text);
        m_shownText = m_text->toPlainText(); // with the line ends of the editor
        present();
    });
}

void WildcardsDialog::save()
{
    using Written = std::shared_ptr<const Result<Done>>;
    const QString name = m_name->text().trimmed();
    const QString old = m_shown != name ? m_shown : QString();
    if (m_source.lists().contains(name) && m_shown != name)
        return m_banner->showMessage(StateTone::Warn, tr("There is a list of this name already."));
    const QString text = m_text->toPlainText();
    const auto work = [folder = m_source.folder(), name, old, text] {
        Result<Done> done = wildcardfolder::save(folder, name, text);
        if (done && !old.isEmpty())
            done = wildcardfolder::remove(folder, old);
        return std::make_shared<const Result<Done>>(std::move(done));
    };
    m_writing.reset(inBackground<Written>(work, this))->onFinished(this, [this, name, text](const Result<Written> &done) {
        if (!done)
            return;
        if (!**done)
            return m_banner->setError((*done)->error());
        m_banner->clear();
        m_shown = name;
        m_shownText = text;
        if (!isModified()) // else the text goes on being written
            m_wanted = name;
        m_source.reload();
        present();
    });
}

void WildcardsDialog::remove()
{
    if (m_shown.isEmpty())
        return;
    ConfirmRequest request;
    request.title = tr("Delete the list “%1”?").arg(m_shown);
    request.text =
        tr("Prompts with __%1__ cannot be read any more. Its file goes to the trash of the desktop.").arg(m_shown);
    request.confirmLabel = tr("Delete");
    m_prompts.confirm(this, request, [this, name = m_shown](bool yes) {
        if (!yes)
            return;
        using Gone = std::shared_ptr<const Result<Done>>;
        const auto work = [folder = m_source.folder(), name] {
            return std::make_shared<const Result<Done>>(wildcardfolder::remove(folder, name));
        };
        m_writing.reset(inBackground<Gone>(work, this))->onFinished(this, [this](const Result<Gone> &done) {
            if (done && !**done)
                m_banner->setError((*done)->error());
            select({});
            showCurrent();
            m_source.reload();
        });
    });
}

void WildcardsDialog::openFolder()
{
    QDir().mkpath(m_source.folder());
    m_source.reload(); // a folder that was not there was not watched
    QDesktopServices::openUrl(QUrl::fromLocalFile(m_source.folder()));
}

} // namespace novita
