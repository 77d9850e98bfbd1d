// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/griddialog.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "ui/images/gridaxisrow.h"
#include "ui/images/spending.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kTextColumns = 96;
constexpr Milliseconds kRest{120};

} // namespace

GridDialog::GridDialog(const Parts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_columns(new GridAxisRow(gridplan::fieldsOf(parts.spec, parts.order.recipe, parts.context), false, this))
    , m_rows(new GridAxisRow(gridplan::fieldsOf(parts.spec, parts.order.recipe, parts.context), true, this))
    , m_lead(makeWords("text2", this))
    , m_swap(new QPushButton(this))
    , m_summary(makeWords("text", this))
    , m_note(makeWords("text3", this))
    , m_problem(makeWords("bad", this))
    , m_cancel(new QPushButton(this))
    , m_start(new QPushButton(this))
{
    buildLayout();
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, &GridDialog::count);
    for (const GridAxisRow *row : {m_columns, m_rows})
        connect(row, &GridAxisRow::changed, this, &GridDialog::refresh);
    connect(m_swap, &QPushButton::clicked, this, &GridDialog::swapAxes);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_start, &QPushButton::clicked, this, &GridDialog::start);
    retranslate();
    refresh();
}

GridDialog::~GridDialog() = default;

void GridDialog::buildLayout()
{
    m_start->setProperty("primary", true);
    m_start->setDefault(true);
    for (QPushButton *button : {m_cancel, m_swap})
        button->setAutoDefault(false);
    m_swap->setProperty("flat", true);
    const auto look = [this] {
        m_swap->setIcon(m_parts.theme.icon(QStringLiteral("swap-panels")));
        m_summary->setFont(m_parts.theme.font(TextStyle::Subtitle, true));
    };
    look();
    connect(&m_parts.theme, &Theme::changed, this, look);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_swap);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_start);
    auto *figures = new QVBoxLayout;
    figures->setSpacing(space::kInside);
    figures->addWidget(m_summary);
    figures->addWidget(m_note);
    figures->addWidget(m_problem);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_lead);
    layout->addWidget(m_columns);
    layout->addWidget(m_rows);
    layout->addLayout(figures);
    layout->addStretch(1);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * kTextColumns);
}

QJsonObject GridDialog::choice() const
{
    return {{QStringLiteral("column"), m_columns->path()},
            {QStringLiteral("columnValues"), m_columns->text()},
            {QStringLiteral("row"), m_rows->path()},
            {QStringLiteral("rowValues"), m_rows->text()}};
}

void GridDialog::restore(const QJsonObject &choice)
{
    m_columns->choose(choice.value(QLatin1String("column")).toString(),
                      choice.value(QLatin1String("columnValues")).toString());
    m_rows->choose(choice.value(QLatin1String("row")).toString(), choice.value(QLatin1String("rowValues")).toString());
}

void GridDialog::swapAxes()
{
    const QJsonObject held = choice();
    if (m_rows->isLeftOut())
        return;
    m_columns->choose(held.value(QLatin1String("row")).toString(), held.value(QLatin1String("rowValues")).toString());
    m_rows->choose(held.value(QLatin1String("column")).toString(),
                   held.value(QLatin1String("columnValues")).toString());
}

/// At once what costs nothing; the cells when typing rests.
void GridDialog::refresh()
{
    m_plan.reset();
    m_grid.reset();
    m_refusal.clear();
    m_swap->setEnabled(!m_rows->isLeftOut());
    const bool isReady = m_columns->axis() && (m_rows->isLeftOut() || m_rows->axis());
    if (isReady) {
        const Result<PromptGrid> grid = PromptGrid::of(m_columns->axis(), m_rows->axis(), m_parts.order.recipe.values);
        if (grid)
            m_grid = *grid;
        else
            m_refusal = grid.error().message;
    }
    if (m_grid)
        m_rest.start();
    else
        m_rest.stop();
    present();
}

void GridDialog::count()
{
    m_rest.stop();
    if (!m_grid)
        return;
    const Result<JobPlan> plan = gridplan::plan(m_parts.spec, {m_parts.order, *m_grid, m_parts.lists, m_parts.context});
    m_plan = plan ? std::optional(*plan) : std::nullopt;
    m_refusal = plan ? QString() : plan.error().message;
    present();
}

void GridDialog::start()
{
    count();
    if (!m_plan)
        return;
    const QList<NewImageJob> jobs =
        gridplan::make(m_parts.spec, {m_parts.order, *m_grid, m_parts.lists, m_parts.context}, m_parts.random);
    if (jobs.isEmpty())
        return;
    emit startRequested(jobs, *m_plan);
    accept();
}

void GridDialog::present()
{
    const QLocale locale;
    QString summary = tr("Choose a parameter and type its values.");
    if (m_grid)
        summary = tr("%1 × %2", "columns, rows of a grid")
                      .arg(locale.toString(m_grid->columns()), locale.toString(m_grid->rows()));
    QString label = tr("Generate");
    if (m_plan) {
        const QString price = priceWords(*m_plan);
        const QString jobs = tr("%Ln jobs", nullptr, static_cast<int>(m_plan->jobs));
        const QString pictures = m_plan->results == m_plan->jobs
                                     ? QString()
                                     : tr("%Ln pictures", nullptr, static_cast<int>(m_plan->results));
        summary +=
            QStringLiteral(" = ") + (pictures.isEmpty() ? QStringLiteral("%1, %2").arg(jobs, price)
                                                        : QStringLiteral("%1, %2, %3").arg(jobs, pictures, price));
        label = tr("Generate %1 · %2", "how many, at what price").arg(locale.toString(m_plan->results), price);
    }
    const bool overSeed = m_columns->path() == fields::kSeed || m_rows->path() == fields::kSeed;
    const bool isRandom = m_parts.order.recipe.values.value(fields::kSeed).toDouble(-1) < 0;
    QString note = m_plan ? m_plan->sentence : QString();
    if (note.isEmpty() && m_parts.spec.field(fields::kSeed) && !overSeed)
        note = isRandom ? tr("One seed is drawn for all of them, so that only the parameters differ.")
                        : tr("All of them use the seed of the form.");
    m_summary->setText(summary);
    m_summary->setAccessibleName(summary);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_problem->setText(m_refusal);
    m_problem->setVisible(!m_refusal.isEmpty());
    m_start->setText(label);
    m_start->setAccessibleName(tr("Generate"));
    m_start->setAccessibleDescription(m_refusal.isEmpty() ? label : m_refusal);
    m_start->setEnabled(m_plan.has_value());
    makeRoom(this);
}

void GridDialog::retranslate()
{
    setWindowTitle(tr("Grid"));
    m_lead->setText(tr("One job for each combination of the values. Everything else is as the form says now."));
    m_columns->setTitle(tr("Columns"));
    m_rows->setTitle(tr("Rows"));
    m_swap->setText(tr("Swap"));
    m_swap->setAccessibleName(tr("Swap columns and rows"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    present();
}

void GridDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
