// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/prompthistorydialog.h"

#include "ui/images/prompthistorymodel.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

PromptHistoryDialog::PromptHistoryDialog(const Parts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_model(new PromptHistoryModel(this))
    , m_search(new SearchField(parts.theme, this))
    , m_banner(new ErrorBanner(parts.theme, this))
    , m_table(new TableView(parts.theme))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget(this))
    , m_whole(new QPlainTextEdit(this))
    , m_star(new QPushButton(this))
    , m_forget(new QPushButton(this))
    , m_close(new QPushButton(this))
    , m_use(new QPushButton(this))
{
    buildLayout();
    connect(m_search, &SearchField::filterChanged, this, &PromptHistoryDialog::read);
    connect(m_search, &SearchField::leaveRequested, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PromptHistoryDialog::present);
    connect(m_model, &QAbstractItemModel::modelReset, this, &PromptHistoryDialog::present);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &PromptHistoryDialog::present);
    connect(m_table, &TableView::rowActivated, this, &PromptHistoryDialog::useCurrent);
    connect(m_use, &QPushButton::clicked, this, &PromptHistoryDialog::useCurrent);
    connect(m_star, &QPushButton::clicked, this, &PromptHistoryDialog::star);
    connect(m_forget, &QPushButton::clicked, this, &PromptHistoryDialog::forget);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    const auto key = [this](const QKeySequence &sequence, void (PromptHistoryDialog::*slot)()) {
        auto *shortcut = new QShortcut(sequence, m_table, nullptr, nullptr, Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    key(Qt::Key_Delete, &PromptHistoryDialog::forget);
    key(Qt::Key_S, &PromptHistoryDialog::star);
    retranslate();
    read();
    m_search->setFocus();
}

PromptHistoryDialog::~PromptHistoryDialog() = default;

void PromptHistoryDialog::buildLayout()
{
    m_banner->setDismissible(true);
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false); // newest first
    const QStringList ids = PromptHistoryModel::columnIds();
    m_table->setColumns({{ids.at(0), 32},
                         {ids.at(1), 380},
                         {ids.at(2), 180, false, 2},
                         {ids.at(3), 150, false, 1},
                         {ids.at(4), 56, false, 3}});
    m_table->followCompactRows(m_parts.settings);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_whole->setReadOnly(true);
    m_whole->setTabChangesFocus(true);
    m_whole->setMaximumHeight(m_whole->fontMetrics().lineSpacing() * 6);
    m_use->setProperty("primary", true);
    for (QPushButton *button : {m_star, m_forget, m_close, m_use})
        button->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_star);
    buttons->addWidget(m_forget);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_use);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kGroup, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_search);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_whole);
    layout->addLayout(buttons);
    const QSize most = (parentWidget() ? parentWidget()->window()->size() : screen()->availableSize()) -
                       QSize(2 * space::kPage, 2 * space::kPage);
    resize(QSize(fontMetrics().averageCharWidth() * 130, fontMetrics().lineSpacing() * 32).boundedTo(most));
}

void PromptHistoryDialog::read()
{
    m_reading.reset(m_parts.log.find(m_parts.profile, m_search->text(), kMostShown))
        ->onFinished(this, [this](const Result<QList<PromptEntry>> &found) {
            if (!found) {
                m_banner->setError(found.error());
                return;
            }
            m_model->setEntries(*found);
            m_empty->setContent(m_search->text().trimmed().isEmpty()
                                    ? tr("Prompts that you generate with are kept here.")
                                    : tr("No prompt has these words."));
            m_stack->setCurrentWidget(found->isEmpty() ? static_cast<QWidget *>(m_empty) : m_table);
            if (!m_table->isCurrentSelected() && !found->isEmpty())
                m_table->selectRow(0);
            present();
        });
}

QList<int> PromptHistoryDialog::chosen() const
{
    return m_table->selectedRowNumbers();
}

void PromptHistoryDialog::useCurrent()
{
    const QList<int> rows = chosen();
    if (rows.size() != 1)
        return;
    const PromptEntry entry = m_model->entry(rows.first());
    emit recalled(entry.prompt, entry.negativePrompt);
    accept();
}

void PromptHistoryDialog::star()
{
    const QList<int> rows = chosen();
    const bool toStar = std::any_of(rows.begin(), rows.end(), [this](int row) { return !m_model->entry(row).starred; });
    Call<Done> *last = nullptr;
    for (const int row : rows)
        last = m_parts.log.setStarred(m_model->entry(row).id, toStar);
    if (!last)
        return;
    last->onFinished(this, [this](const Result<Done> &done) {
        if (!done)
            m_banner->setError(done.error());
        read();
    });
}

void PromptHistoryDialog::forget()
{
    QList<qint64> ids;
    const QList<int> rows = chosen();
    for (const int row : rows)
        ids.append(m_model->entry(row).id);
    if (ids.isEmpty())
        return;
    ConfirmRequest request;
    request.title = ids.size() == 1 ? tr("Forget this prompt?") : tr("Forget these prompts?");
    request.text = tr("It cannot be brought back. Pictures that were made with it keep theirs.");
    for (const int row : rows.mid(0, 5))
        request.bullets.append(m_model->index(row, PromptHistoryModel::Prompt).data().toString().left(80));
    if (rows.size() > 5)
        request.bullets.append(tr("and %1 more").arg(QLocale().toString(rows.size() - 5)));
    request.confirmLabel = tr("Forget");
    m_parts.prompts.confirm(this, request, [this, ids](bool yes) {
        if (!yes)
            return;
        m_writing.reset(m_parts.log.forget(ids))->onFinished(this, [this](const Result<Done> &done) {
            if (!done)
                m_banner->setError(done.error());
            read();
        });
    });
}

void PromptHistoryDialog::present()
{
    const QList<int> rows = chosen();
    const bool isOne = rows.size() == 1 && rows.first() < m_model->rowCount();
    QString text;
    if (isOne) {
        const PromptEntry &entry = m_model->entry(rows.first());
        text = entry.prompt;
        if (!entry.negativePrompt.isEmpty())
            text += QStringLiteral("\n\n") + tr("Negative: %1", "a prompt").arg(entry.negativePrompt);
    }
    if (m_whole->toPlainText() != text)
        m_whole->setPlainText(text);
    const bool allStarred = !rows.isEmpty() && std::all_of(rows.begin(), rows.end(), [this](int row) {
        return row < m_model->rowCount() && m_model->entry(row).starred;
    });
    m_star->setText(allStarred ? tr("Take the star away") : tr("Star"));
    m_star->setEnabled(!rows.isEmpty());
    m_forget->setEnabled(!rows.isEmpty());
    m_use->setEnabled(isOne);
}

void PromptHistoryDialog::retranslate()
{
    setWindowTitle(tr("Prompts used before"));
    m_search->setPlaceholderText(tr("Find words in prompts"));
    m_search->setAccessibleName(tr("Find words in prompts"));
    m_search->setToolTip(tr("All words must be there; “in quotation marks” as a phrase, -without"));
    m_table->setAccessibleName(tr("Prompts used before"));
    m_whole->setAccessibleName(tr("The whole prompt"));
    m_star->setAccessibleName(tr("Star"));
    m_star->setToolTip(tr("Starred ones are never dropped (S)"));
    m_forget->setText(tr("Forget"));
    m_forget->setAccessibleName(tr("Forget"));
    m_forget->setToolTip(tr("Del"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    m_use->setText(tr("Use this prompt"));
    m_use->setAccessibleName(tr("Use this prompt"));
    m_model->retranslate();
    present();
}

void PromptHistoryDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
