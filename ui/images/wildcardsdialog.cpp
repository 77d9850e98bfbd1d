// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/wildcardsdialog.h"

#include "core/workflows/background.h"
#include "ui/images/wildcardsource.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"

#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

#include <memory>

namespace novita {

namespace {

constexpr int kLongestName = 200;

} // namespace

WildcardsDialog::WildcardsDialog(const Theme &theme, Prompts &prompts, WildcardSource &source, QWidget *parent)
    : QDialog(parent)
    , m_prompts(prompts)
    , m_source(source)
    , m_search(new SearchField(theme, this))
    , m_list(new QListWidget(this))
    , m_problems(makeWords("warn", this))
    , m_nameLabel(makeLabel("text2", this))
    , m_name(new QLineEdit(this))
    , m_textLabel(makeWords("text2", this))
    , m_text(new QPlainTextEdit(this))
    , m_banner(new ErrorBanner(theme, this))
    , m_new(new QPushButton(this))
    , m_save(new QPushButton(this))
    , m_delete(new QPushButton(this))
    , m_folder(new QPushButton(this))
    , m_close(new QPushButton(this))
    , m_insert(new QPushButton(this))
{
    buildLayout();
    connectParts();
    retranslate();
    source.reload();
    fill();
}

WildcardsDialog::~WildcardsDialog() = default;

void WildcardsDialog::buildLayout()
{
    m_banner->setDismissible(true);
    m_name->setMaxLength(kLongestName);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_nameLabel->setBuddy(m_name);
    m_textLabel->setBuddy(m_text);
    m_insert->setProperty("primary", true);
    for (QPushButton *button : {m_new, m_save, m_delete, m_folder, m_close, m_insert})
        button->setAutoDefault(false);
    const auto row = [](std::initializer_list<QPushButton *> buttons, bool atEnd) {
        auto *layout = new QHBoxLayout;
        layout->setSpacing(space::kRelated);
        if (atEnd)
            layout->addStretch(1);
        for (QPushButton *button : buttons)
            layout->addWidget(button);
        if (!atEnd)
            layout->addStretch(1);
        return layout;
    };
    auto *left = new QVBoxLayout;
    left->setSpacing(space::kRelated);
    left->addWidget(m_search);
    left->addWidget(m_list, 1);
    left->addLayout(row({m_folder}, false));
    auto *right = new QVBoxLayout;
    right->setSpacing(space::kInside);
    right->addWidget(m_nameLabel);
    right->addWidget(m_name);
    right->addWidget(m_textLabel);
    right->addWidget(m_text, 1);
    right->addSpacing(space::kInside);
    right->addLayout(row({m_save, m_new, m_delete}, false));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::kPage);
    columns->addLayout(left, 2);
    columns->addLayout(right, 3);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_banner);
    layout->addLayout(columns, 1);
    layout->addWidget(m_problems);
    layout->addLayout(row({m_close, m_insert}, true));
    const QSize most = (parentWidget() ? parentWidget()->window()->size() : screen()->availableSize()) -
                       QSize(2 * space::kPage, 2 * space::kPage);
    resize(QSize(fontMetrics().averageCharWidth() * 110, fontMetrics().lineSpacing() * 30).boundedTo(most));
}

void WildcardsDialog::connectParts()
{
    connect(&m_source, &WildcardSource::changed, this, &WildcardsDialog::fill);
    connect(m_search, &SearchField::filterChanged, this, &WildcardsDialog::filter);
    connect(m_search, &SearchField::leaveRequested, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_list, &QListWidget::currentItemChanged, this, &WildcardsDialog::moveTo);
    connect(m_name, &QLineEdit::textChanged, this, &WildcardsDialog::present);
    connect(m_text, &QPlainTextEdit::textChanged, this, &WildcardsDialog::present);
    connect(m_new, &QPushButton::clicked, this, [this] {
        leave([this] {
            select({});
            showCurrent();
            m_name->setFocus();
        });
    });
    connect(m_save, &QPushButton::clicked, this, &WildcardsDialog::save);
    connect(m_delete, &QPushButton::clicked, this, &WildcardsDialog::remove);
    connect(m_folder, &QPushButton::clicked, this, &WildcardsDialog::openFolder);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    const auto insert = [this] {
        if (m_shown.isEmpty())
            return;
        leave([this] {
            emit insertRequested(QStringLiteral("__%1__").arg(m_shown));
            accept();
        });
    };
    connect(m_insert, &QPushButton::clicked, this, insert);
    connect(m_list, &QListWidget::itemActivated, this, insert);
}

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
    if (!isModified())
        return go();
    ConfirmRequest request;
    request.title = tr("Discard the changes?");
    request.text = tr("What was written here has not been saved.");
    request.confirmLabel = tr("Discard");
    m_prompts.confirm(this, request, [go = std::move(go)](bool yes) {
        if (yes)
            go();
    });
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

void WildcardsDialog::present()
{
    const QString name = m_name->text().trimmed();
    m_save->setEnabled(!name.isEmpty() && !m_reading.isBusy() &&
                       (name != m_shown || m_text->toPlainText() != m_shownText));
    m_save->setText(m_shown.isEmpty() ? tr("Save as new") : tr("Save"));
    m_delete->setEnabled(!m_shown.isEmpty());
    m_insert->setEnabled(!m_shown.isEmpty());
    m_insert->setText(m_shown.isEmpty() ? tr("Insert") : tr("Insert __%1__").arg(m_shown.left(40)));
}

void WildcardsDialog::retranslate()
{
    setWindowTitle(tr("Wildcards"));
    m_search->setPlaceholderText(tr("Find a list"));
    m_search->setAccessibleName(tr("Find a list"));
    m_list->setAccessibleName(tr("Wildcard lists"));
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name of the list"));
    m_name->setPlaceholderText(tr("animals, or places/cities"));
    m_textLabel->setText(tr("One value a line; # begins a comment; {a|b} and other __lists__ may stand in it"));
    m_text->setAccessibleName(tr("Lines of the list"));
    m_new->setText(tr("New"));
    m_new->setAccessibleName(tr("New list"));
    m_save->setAccessibleName(tr("Save the list"));
    m_delete->setText(tr("Delete"));
    m_delete->setAccessibleName(tr("Delete the list"));
    m_folder->setText(tr("Open folder"));
    m_folder->setAccessibleName(tr("Open the folder of the lists"));
    m_folder->setToolTip(QDir::toNativeSeparators(m_source.folder()));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    m_insert->setAccessibleName(tr("Insert into the prompt"));
    present();
}

void WildcardsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
