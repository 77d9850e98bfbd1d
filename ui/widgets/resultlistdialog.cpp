// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/resultlistdialog.h"

#include "core/workflows/instancecommands.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>

namespace novita {

namespace {

ResultRow rowOf(const BulkRow &row)
{
    static_assert(static_cast<int>(ResultRow::State::Unknown) == static_cast<int>(BulkRow::State::Unknown));
    return {row.name, static_cast<ResultRow::State>(row.state), row.message};
}

} // namespace

ResultListDialog::ResultListDialog(Theme &theme, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_summary(new QLabel(this))
    , m_table(new TableView(theme, this))
    , m_model(new ResultListModel(this))
    , m_cancel(new QPushButton(this))
    , m_retry(new QPushButton(this))
    , m_close(new QPushButton(this))
{
    setWindowTitle(title);
    buildLayout();
    connect(m_cancel, &QPushButton::clicked, this, &ResultListDialog::cancelRequested);
    connect(m_retry, &QPushButton::clicked, this, &ResultListDialog::retryRequested);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    retranslate();
    setFinished(false);
}

void ResultListDialog::buildLayout()
{
    m_summary->setTextFormat(Qt::PlainText);
    m_table->setModel(m_model);
    m_table->setSortingEnabled(false);
    m_table->setColumnIds({QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("message")}, {180, 120, 240});
    m_table->setItemDelegateForColumn(1, new StatusDelegate(m_theme, m_table));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch();
    for (QPushButton *button : {m_cancel, m_retry, m_close}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);
    resize(QSize(m_theme.grown(620), m_theme.grown(380)).boundedTo(screen()->availableSize() - QSize(2 * space::kPage, 2 * space::kPage)));
}

void ResultListDialog::setRows(const QList<ResultRow> &rows)
{
    m_model->setRows(rows);
    showSummary();
}

void ResultListDialog::setRow(int row, const ResultRow &result)
{
    m_model->setRow(row, result);
    showSummary();
}

void ResultListDialog::setFinished(bool finished)
{
    const bool anyToRetry = m_model->count(ResultRow::State::Failed) + m_model->count(ResultRow::State::Canceled) > 0;
    m_cancel->setVisible(!finished);
    m_retry->setVisible(finished && anyToRetry);
    showSummary();
}

void ResultListDialog::watch(BulkRun *run)
{
    QList<ResultRow> rows;
    for (const BulkRow &row : run->rows())
        rows.append(rowOf(row));
    setRows(rows);
    setFinished(run->isFinished());
    connect(run, &BulkRun::rowChanged, this, [this, run](int row) { setRow(row, rowOf(run->rows().at(row))); });
    connect(run, &BulkRun::finished, this, [this] { setFinished(true); });
    connect(this, &ResultListDialog::cancelRequested, run, &BulkRun::cancelRest);
}

void ResultListDialog::showSummary()
{
    const int failed = m_model->count(ResultRow::State::Failed);
    const int unknown = m_model->count(ResultRow::State::Unknown);
    const int skipped = m_model->count(ResultRow::State::Skipped);
    const int canceled = m_model->count(ResultRow::State::Canceled);
    QStringList parts{tr("%1 of %2 done").arg(format::number(m_model->count(ResultRow::State::Done)), format::number(m_model->rowCount()))};
    if (failed)
        parts.append(tr("%n failed", nullptr, failed));
    if (unknown)
        parts.append(tr("%n unknown", nullptr, unknown));
    if (skipped)
        parts.append(tr("%n skipped", nullptr, skipped));
    if (canceled)
        parts.append(tr("%n canceled", nullptr, canceled));
    m_summary->setText(parts.join(QStringLiteral(" · ")));
}

void ResultListDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ResultListDialog::retranslate()
{
    m_model->retranslate();
    m_table->setAccessibleName(tr("Results table"));
    m_cancel->setText(tr("Cancel the rest"));
    m_retry->setText(tr("Retry failed"));
    m_close->setText(tr("Close"));
    showSummary();
}

} // namespace novita
