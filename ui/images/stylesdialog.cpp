// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/stylesdialog.h"

#include "ui/delegates/checkroomdelegate.h"
#include "ui/images/stylechoice.h"
#include "ui/images/styleeditor.h"
#include "ui/theme.h"
#include "ui/widgets/discardquestion.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>


namespace novita {

StylesDialog::StylesDialog(const Theme &theme, Prompts &prompts, PromptLog &log, const PromptPair &own, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_prompts(prompts)
    , m_log(log)
    , m_search(new SearchField(theme, this))
    , m_tree(new QTreeWidget(this))
    , m_editor(new StyleEditor(this))
    , m_choice(new StyleChoice(this))
    , m_banner(new ErrorBanner(theme, this))
    , m_new(new QPushButton(this))
    , m_save(new QPushButton(this))
    , m_delete(new QPushButton(this))
    , m_import(new QPushButton(this))
    , m_export(new QPushButton(this))
    , m_close(new QPushButton(this))
    , m_apply(new QPushButton(this))
{
    m_choice->setOwn(own);
    buildLayout();
    connectParts();
    retranslate();
    read({}, {});
}

StylesDialog::~StylesDialog() = default;

void StylesDialog::buildLayout()
{
    m_banner->setDismissible(true);
    m_tree->setHeaderHidden(true);
    m_tree->setTabKeyNavigation(false);
    m_tree->setItemDelegate(new CheckRoomDelegate(m_theme, m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(m_theme.grown(16));
    m_apply->setProperty("primary", true);
    for (QPushButton *button : {m_new, m_save, m_delete, m_import, m_export, m_close, m_apply})
        button->setAutoDefault(false);
    const auto row = [](std::initializer_list<QPushButton *> buttons) {
        auto *layout = new QHBoxLayout;
        layout->setSpacing(space::kRelated);
        for (QPushButton *button : buttons)
            layout->addWidget(button);
        layout->addStretch(1);
        return layout;
    };
    auto *left = new QVBoxLayout;
    left->setSpacing(space::kRelated);
    left->addWidget(m_search);
    left->addWidget(m_tree, 1);
    left->addLayout(row({m_import, m_export}));
    auto *middle = new QVBoxLayout;
    middle->setSpacing(space::kRelated);
    middle->addWidget(m_editor, 1);
    middle->addLayout(row({m_save, m_new, m_delete}));
    auto *right = new QVBoxLayout;
    right->setSpacing(space::kRelated);
    right->addWidget(m_choice, 1);
    auto *end = new QHBoxLayout;
    end->setSpacing(space::kRelated);
    end->addStretch(1);
    end->addWidget(m_close);
    end->addWidget(m_apply);
    right->addLayout(end);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(space::kPage);
    columns->addLayout(left, 3);
    columns->addLayout(middle, 4);
    columns->addLayout(right, 4);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_banner);
    layout->addLayout(columns, 1);
    const QSize most = (parentWidget() ? parentWidget()->window()->size() : screen()->availableSize()) -
                       QSize(2 * space::kPage, 2 * space::kPage);
    resize(QSize(fontMetrics().averageCharWidth() * 150, fontMetrics().lineSpacing() * 32).boundedTo(most));
}

void StylesDialog::connectParts()
{
    connect(m_search, &SearchField::filterChanged, this, &StylesDialog::filter);
    connect(m_search, &SearchField::leaveRequested, m_tree, qOverload<>(&QWidget::setFocus));
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &StylesDialog::moveTo);
    connect(m_tree, &QTreeWidget::itemChanged, this, &StylesDialog::chosenChanged);
    connect(m_editor, &StyleEditor::edited, this, &StylesDialog::present);
    connect(m_choice, &StyleChoice::edited, this, &StylesDialog::followChoice);
    connect(m_new, &QPushButton::clicked, this, [this] { leave([this] { beginStyle({}); }); });
    connect(m_save, &QPushButton::clicked, this, &StylesDialog::save);
    connect(m_delete, &QPushButton::clicked, this, &StylesDialog::remove);
    connect(m_import, &QPushButton::clicked, this, &StylesDialog::importFile);
    connect(m_export, &QPushButton::clicked, this, &StylesDialog::exportFile);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        leave([this] {
            emit applied(m_choice->result());
            accept();
        });
    });
}

void StylesDialog::setEditor(const PromptStyle &style)
{
    m_editor->setStyle(style);
    m_begun = m_editor->style();
}

bool StylesDialog::isModified() const
{
    return !(m_editor->style() == m_begun);
}

void StylesDialog::leave(std::function<void()> go)
{
    goOnOrAskToDiscard(m_prompts, this, isModified(), tr("What was written here has not been saved."), std::move(go));
}

void StylesDialog::reject()
{
    leave([this] { QDialog::reject(); });
}

void StylesDialog::beginStyle(const PromptPair &texts)
{
    const QString folder = currentFolder();
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->setCurrentItem(nullptr);
    }
    m_shown = {};
    setEditor({QString(), folder, texts.prompt, texts.negative});
    m_editor->focusName();
    present();
}

void StylesDialog::present()
{
    const bool isNew = m_shown.name.isEmpty();
    const PromptStyle typed = m_editor->style();
    m_save->setText(isNew ? tr("Save as new") : tr("Save"));
    m_save->setAccessibleName(tr("Save the style"));
    m_save->setEnabled(!(typed == m_shown) && !typed.name.trimmed().isEmpty());
    m_delete->setEnabled(!isNew);
    m_export->setEnabled(!m_styles.isEmpty());
    m_apply->setEnabled(!m_choice->styles().isEmpty());
}

void StylesDialog::retranslate()
{
    setWindowTitle(tr("Styles"));
    m_search->setPlaceholderText(tr("Find a style"));
    m_search->setAccessibleName(tr("Find a style"));
    m_tree->setAccessibleName(tr("Styles"));
    m_tree->setToolTip(tr("A check mark applies a style"));
    m_new->setText(tr("New"));
    m_new->setAccessibleName(tr("New style"));
    m_delete->setText(tr("Delete"));
    m_delete->setAccessibleName(tr("Delete the style"));
    m_import->setText(tr("Import…"));
    m_import->setAccessibleName(tr("Import styles"));
    m_import->setToolTip(tr("styles.csv of Stable Diffusion WebUI, or JSON"));
    m_export->setText(tr("Export…"));
    m_export->setAccessibleName(tr("Export styles"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    m_apply->setText(tr("Apply to the prompt"));
    m_apply->setAccessibleName(tr("Apply to the prompt"));
    present();
}

void StylesDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
