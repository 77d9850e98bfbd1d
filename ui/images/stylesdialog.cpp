// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/stylesdialog.h"

#include "core/gallery/promptlog.h"
#include "core/workflows/background.h"
#include "ui/images/stylechoice.h"
#include "ui/images/styleeditor.h"
#include "ui/images/stylefiles.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/searchfield.h"

#include <QDir>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScreen>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kIndexRole = Qt::UserRole;
constexpr int kFolderRole = Qt::UserRole + 1;

bool isSame(const PromptStyle &a, const PromptStyle &b)
{
    return a.folder == b.folder && a.name == b.name;
}

} // namespace

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

/// Afterwards the style of that name is the current one.
void StylesDialog::read(const QString &folder, const QString &name)
{
    m_reading.reset(m_log.styles())->onFinished(this, [this, folder, name](const Result<QList<PromptStyle>> &styles) {
        if (!styles) {
            m_banner->setError(styles.error());
            return;
        }
        m_styles = *styles;
        fillTree(folder, name);
    });
}

QTreeWidgetItem *StylesDialog::folderItem(const QString &folder)
{
    if (folder.isEmpty())
        return m_tree->invisibleRootItem();
    const qsizetype slash = folder.lastIndexOf(u'/');
    QTreeWidgetItem *parent = folderItem(slash < 0 ? QString() : folder.left(slash));
    for (int i = 0; i < parent->childCount(); ++i) {
        if (parent->child(i)->data(0, kFolderRole).toString() == folder)
            return parent->child(i);
    }
    auto *item = new QTreeWidgetItem(parent, {folder.mid(slash + 1)});
    item->setSizeHint(0, {0, m_theme.rowHeight(true)});
    item->setData(0, kFolderRole, folder);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setExpanded(true);
    return item;
}

void StylesDialog::fillTree(const QString &folder, const QString &name)
{
    QTreeWidgetItem *wanted = nullptr;
    QStringList folders;
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->clear();
        for (qsizetype i = 0; i < m_styles.size(); ++i) {
            const PromptStyle &style = m_styles.at(i);
            if (!style.folder.isEmpty() && !folders.contains(style.folder))
                folders.append(style.folder);
            auto *item = new QTreeWidgetItem(folderItem(style.folder), {style.name});
            item->setSizeHint(0, {0, m_theme.rowHeight(true)});
            item->setData(0, kIndexRole, i);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            const bool isChosen = std::any_of(m_choice->styles().begin(), m_choice->styles().end(),
                                              [&style](const PromptStyle &one) { return isSame(one, style); });
            item->setCheckState(0, isChosen ? Qt::Checked : Qt::Unchecked);
            if (style.folder == folder && style.name == name)
                wanted = item;
        }
        m_tree->expandAll();
        m_editor->setFolders(folders);
    }
    followChoice();
    filter(m_search->text());
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->setCurrentItem(wanted);
    }
    if (wanted && !isModified())
        showCurrent();
    else // begun, or typed while it was read or written: that stays
        present();
}

void StylesDialog::filter(const QString &words)
{
    const QString part = words.trimmed();
    const std::function<bool(QTreeWidgetItem *)> show = [&](QTreeWidgetItem *item) {
        bool isAnyShown = false;
        for (int i = 0; i < item->childCount(); ++i)
            isAnyShown = show(item->child(i)) || isAnyShown;
        const QVariant index = item->data(0, kIndexRole);
        if (index.isValid()) {
            const PromptStyle &style = m_styles.at(index.toLongLong());
            for (const QString &text : {style.name, style.folder, style.prompt, style.negative})
                isAnyShown = isAnyShown || part.isEmpty() || text.contains(part, Qt::CaseInsensitive);
        }
        item->setHidden(!isAnyShown);
        return isAnyShown;
    };
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        show(m_tree->topLevelItem(i));
}

const PromptStyle *StylesDialog::current() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    const QVariant index = item ? item->data(0, kIndexRole) : QVariant();
    return index.isValid() && index.toLongLong() < m_styles.size() ? &m_styles.at(index.toLongLong()) : nullptr;
}

void StylesDialog::showCurrent()
{
    if (m_isFilling)
        return;
    m_shown = current() ? *current() : PromptStyle();
    setEditor(m_shown);
    present();
}

/// Another row: the one of before stays until it is clear that nothing is lost.
void StylesDialog::moveTo(QTreeWidgetItem *now, QTreeWidgetItem *before)
{
    if (m_isFilling)
        return;
    if (!isModified())
        return showCurrent();
    const auto select = [this](QTreeWidgetItem *item) {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->setCurrentItem(item);
    };
    const QVariant index = now ? now->data(0, kIndexRole) : QVariant();
    const PromptStyle wanted = index.isValid() ? m_styles.value(index.toLongLong()) : PromptStyle();
    select(before);
    leave([this, wanted, select] {
        // Items may be other ones by now.
        QTreeWidgetItem *found = nullptr;
        for (QTreeWidgetItemIterator item(m_tree); *item && !found; ++item) {
            const QVariant at = (*item)->data(0, kIndexRole);
            if (at.isValid() && isSame(m_styles.value(at.toLongLong()), wanted))
                found = *item;
        }
        select(found);
        showCurrent();
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

void StylesDialog::reject()
{
    leave([this] { QDialog::reject(); });
}

void StylesDialog::beginStyle(const PromptPair &texts)
{
    const QString folder =
        m_tree->currentItem() ? (current() ? current()->folder : m_tree->currentItem()->data(0, kFolderRole).toString())
                              : QString();
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_tree->setCurrentItem(nullptr);
    }
    m_shown = {};
    setEditor({QString(), folder, texts.prompt, texts.negative});
    m_editor->focusName();
    present();
}

void StylesDialog::chosenChanged(QTreeWidgetItem *item)
{
    const QVariant index = item->data(0, kIndexRole);
    if (m_isFilling || !index.isValid())
        return;
    const PromptStyle style = m_styles.at(index.toLongLong());
    QList<PromptStyle> chosen = m_choice->styles();
    chosen.removeIf([&style](const PromptStyle &one) { return isSame(one, style); });
    if (item->checkState(0) == Qt::Checked)
        chosen.append(style);
    m_choice->setStyles(chosen);
    present();
}

/// The check marks, and texts that were changed meanwhile, as the list of chosen ones has them; those that are gone
/// leave it.
void StylesDialog::followChoice()
{
    QList<PromptStyle> chosen;
    for (const PromptStyle &one : m_choice->styles()) {
        const auto now = std::find_if(m_styles.begin(), m_styles.end(),
                                      [&one](const PromptStyle &style) { return isSame(one, style); });
        if (now != m_styles.end())
            chosen.append(*now);
    }
    m_choice->setStyles(chosen);
    const QScopedValueRollback filling(m_isFilling, true);
    for (QTreeWidgetItemIterator item(m_tree); *item; ++item) {
        const QVariant index = (*item)->data(0, kIndexRole);
        if (!index.isValid())
            continue;
        const PromptStyle &style = m_styles.at(index.toLongLong());
        const bool isChosen =
            std::any_of(chosen.begin(), chosen.end(), [&style](const PromptStyle &one) { return isSame(one, style); });
        (*item)->setCheckState(0, isChosen ? Qt::Checked : Qt::Unchecked);
    }
    present();
}

void StylesDialog::save()
{
    const Result<PromptStyle> style = promptstyles::cleaned(m_editor->style());
    if (!style) {
        m_editor->setProblem(style.error().message);
        return;
    }
    const bool isRenamed = !m_shown.name.isEmpty() && !isSame(m_shown, *style);
    const bool isTaken =
        (m_shown.name.isEmpty() || isRenamed) &&
        std::any_of(m_styles.begin(), m_styles.end(), [&style](const PromptStyle &one) { return isSame(one, *style); });
    if (isTaken) {
        m_editor->setProblem(tr("There is a style of this name already."));
        return;
    }
    m_editor->setProblem({});
    const PromptStyle old = isRenamed ? m_shown : PromptStyle();
    const PromptStyle sent = m_editor->style();
    m_writing.reset(m_log.saveStyles({*style}))->onFinished(this, [this, old, sent, kept = *style](const Result<Done> &done) {
        if (!done)
            return tell(done);
        if (!old.name.isEmpty())
            (void)m_log.removeStyle(old.folder, old.name); // in the queue before what is read next
        m_shown = kept;
        m_begun = sent;
        tell(done);
        read(kept.folder, kept.name);
    });
}

void StylesDialog::remove()
{
    if (m_shown.name.isEmpty())
        return;
    const PromptStyle gone = m_shown;
    ConfirmRequest request;
    request.title = tr("Delete the style “%1”?").arg(gone.name);
    request.text = tr("Its texts are lost. Pictures that were made with it stay as they are.");
    request.confirmLabel = tr("Delete");
    m_prompts.confirm(this, request, [this, gone](bool yes) {
        if (!yes)
            return;
        m_writing.reset(m_log.removeStyle(gone.folder, gone.name))->onFinished(this, [this](const Result<Done> &done) {
            tell(done);
            if (!done)
                return;
            m_shown = {};
            setEditor({});
            read({}, {});
        });
    });
}

void StylesDialog::importFile()
{
    m_prompts.openFile(
        this, tr("Import styles"), tr("Styles (*.csv *.json);;All files (*)"), [this](const QString &path) {
            if (path.isEmpty())
                return;
            using Read = std::shared_ptr<Result<StyleImport>>;
            m_file
                .reset(inBackground<Read>(
                    [path] { return std::make_shared<Result<StyleImport>>(stylefiles::read(path)); }, this))
                ->onFinished(this, [this](const Result<Read> &done) {
                    if (!done)
                        return;
                    if (!**done)
                        return m_banner->setError((*done)->error());
                    const StyleImport brought = ***done;
                    const QList<PromptStyle> together =
                        promptstyles::merged(m_styles, brought.styles, promptstyles::SameName::KeepBoth);
                    const qsizetype added = together.size() - m_styles.size();
                    m_writing.reset(m_log.saveStyles(together))
                        ->onFinished(this, [this, brought, added](const Result<Done> &written) {
                            tell(written);
                            if (!written)
                                return;
                            QStringList lines{tr("Styles added: %1. Already there: %2.")
                                                  .arg(added)
                                                  .arg(brought.styles.size() - added)};
                            lines += brought.problems.mid(0, 5);
                            m_banner->showMessage(brought.problems.isEmpty() ? StateTone::Good : StateTone::Warn,
                                                  lines.join(u'\n'));
                            read(m_shown.folder, m_shown.name);
                        });
                });
        });
}

void StylesDialog::exportFile()
{
    m_prompts.saveFile(this, tr("Export styles"), QDir::home().filePath(QStringLiteral("styles.json")),
                       tr("JSON (*.json);;Stable Diffusion WebUI (*.csv)"), [this](const QString &path) {
                           if (path.isEmpty())
                               return;
                           using Written = std::shared_ptr<Result<Done>>;
                           m_file
                               .reset(inBackground<Written>(
                                   [path, styles = m_styles] {
                                       return std::make_shared<Result<Done>>(stylefiles::write(styles, path));
                                   },
                                   this))
                               ->onFinished(this, [this, path](const Result<Written> &done) {
                                   if (!done)
                                       return;
                                   tell(**done);
                                   if (**done)
                                       m_banner->showMessage(StateTone::Good,
                                                             tr("Saved as %1").arg(QDir::toNativeSeparators(path)));
                               });
                       });
}

void StylesDialog::tell(const Result<Done> &done)
{
    if (done) {
        m_banner->clear();
        emit stylesChanged();
    } else {
        m_banner->setError(done.error());
    }
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
