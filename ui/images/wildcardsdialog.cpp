// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/wildcardsdialog.h"

#include "ui/images/wildcardsource.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>


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
