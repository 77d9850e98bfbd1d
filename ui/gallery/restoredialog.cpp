// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/restoredialog.h"

#include "ui/gallery/recipewords.h"
#include "ui/gallery/wrappedtext.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr int kWidth = 640;
constexpr int kTableHeight = 260;
const QList<int> kShares{24, 38, 38};

constexpr std::array kParts{RestorePart::All, RestorePart::AllButSeed, RestorePart::Prompt, RestorePart::Seed};

} // namespace

RestoreDialog::RestoreDialog(const Parts &parts, const Recipe &current, const Picture &picture, RestorePart part,
                             QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_current(current)
    , m_picture(picture)
    , m_title(makeLabel("", this))
    , m_partLabel(makeLabel("text2", this))
    , m_part(new QComboBox(this))
    , m_endpoints(new QWidget(this))
    , m_endpointLabel(makeWords("text2", m_endpoints))
    , m_theirs(new QRadioButton(m_endpoints))
    , m_ours(new QRadioButton(m_endpoints))
    , m_asTyped(new QCheckBox(this))
    , m_warning(makeWords("warn", this))
    , m_summary(makeWords("text2", this))
    , m_rows(new WrappedText(parts.theme))
    , m_area(makeScrolling(m_rows, this))
    , m_cancel(new QPushButton(this))
    , m_apply(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    for (const RestorePart one : kParts)
        m_part->addItem(QString(), QVariant::fromValue(static_cast<int>(one)));
    m_part->setCurrentIndex(m_part->findData(static_cast<int>(part)));
    build();
    offerEndpoints();
    connect(m_part, &QComboBox::currentIndexChanged, this, &RestoreDialog::refresh);
    connect(m_theirs, &QRadioButton::toggled, this, &RestoreDialog::refresh);
    connect(m_asTyped, &QCheckBox::toggled, this, &RestoreDialog::refresh);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, &RestoreDialog::apply);
    const auto fonts = [this] { m_title->setFont(m_parts.theme.font(TextStyle::Subtitle, true)); };
    connect(&parts.theme, &Theme::changed, this, fonts);
    fonts();
    retranslate();
    m_apply->setFocus();
}

void RestoreDialog::build()
{
    auto *which = new QHBoxLayout;
    which->setSpacing(space::kRelated);
    which->addWidget(m_partLabel);
    which->addWidget(m_part);
    which->addStretch(1);
    m_partLabel->setBuddy(m_part);
    auto *endpoints = new QVBoxLayout(m_endpoints);
    endpoints->setContentsMargins(0, 0, 0, 0);
    endpoints->setSpacing(space::kInside);
    endpoints->addWidget(m_endpointLabel);
    endpoints->addWidget(m_theirs);
    endpoints->addWidget(m_ours);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_apply);
    m_apply->setProperty("primary", true);
    m_apply->setDefault(true);
    m_cancel->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_title);
    layout->addLayout(which);
    layout->addWidget(m_endpoints);
    layout->addWidget(m_asTyped);
    layout->addWidget(m_warning);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_summary);
    layout->addWidget(m_area, 1);
    layout->addSpacing(space::kRelated);
    layout->addLayout(buttons);
    resize(std::min(m_parts.theme.grown(kWidth), screen()->availableSize().width() - 2 * space::kPage), height());
    m_rows->expectWidth(width() - 2 * space::kPage);
}

void RestoreDialog::offerEndpoints()
{
    const EndpointSpec *theirs = m_parts.endpoints.find(m_picture.endpoint);
    const bool canBeChosen = theirs && !m_parts.outlook.of(*theirs).isOver;
    m_theirs->setEnabled(canBeChosen);
    m_theirs->setChecked(canBeChosen);
    m_ours->setChecked(!canBeChosen);
}

RestorePart RestoreDialog::part() const
{
    return static_cast<RestorePart>(m_part->currentData().toInt());
}

const EndpointSpec *RestoreDialog::target() const
{
    const EndpointSpec *ours = m_parts.endpoints.find(m_current.endpoint);
    const bool isWhole = part() == RestorePart::All || part() == RestorePart::AllButSeed;
    if (ours && (!isWhole || !m_theirs->isChecked()))
        return ours;
    const EndpointSpec *theirs = m_parts.endpoints.find(m_picture.endpoint);
    return theirs ? theirs : ours;
}

void RestoreDialog::refresh()
{
    const bool isWhole = part() == RestorePart::All || part() == RestorePart::AllButSeed;
    const bool differs = !m_picture.endpoint.isEmpty() && m_picture.endpoint != m_current.endpoint;
    m_endpoints->setVisible(isWhole && differs && m_parts.endpoints.find(m_current.endpoint));
    m_asTyped->setVisible(part() != RestorePart::Seed && !m_picture.promptTemplate.isEmpty() &&
                          m_picture.promptTemplate != m_picture.prompt);
    Picture wanted = m_picture;
    if (m_asTyped->isChecked() && !m_asTyped->isHidden())
        wanted.prompt = m_picture.promptTemplate;
    Recipe merged = restoreplan::merge(m_current, wanted, part());
    m_plan = {merged, {}, {}, {}};
    if (const EndpointSpec *spec = target()) {
        merged.endpoint = spec->id;
        m_plan = restoreplan::plan(*spec, m_current, merged, m_parts.endpoints.find(m_picture.endpoint));
    }
    const bool otherEndpoint = m_plan.recipe.endpoint != m_current.endpoint;
    m_apply->setEnabled(target() && (!m_plan.changes.isEmpty() || !m_plan.homeless.isEmpty() || otherEndpoint));
    m_summary->setText(m_plan.changes.isEmpty()
                           ? tr("The form holds these values already.")
                           : tr("%n field(s) change:", nullptr, static_cast<int>(m_plan.changes.size())));
    presentRows();
    presentWarnings();
    makeRoom(this);
}

void RestoreDialog::presentRows()
{
    WrappedText::Rows rows;
    if (!m_plan.changes.isEmpty())
        rows.append({WrappedText::Cell{tr("Field"), true}, WrappedText::Cell{tr("Now"), true},
                     WrappedText::Cell{tr("Then"), true}});
    for (const restoreplan::Change &change : std::as_const(m_plan.changes))
        rows.append(
            {WrappedText::Cell{change.label, true}, WrappedText::Cell{change.now}, WrappedText::Cell{change.then}});
    m_rows->setTable(rows, kShares);
    m_area->setMinimumHeight(std::min(m_parts.theme.grown(kTableHeight), m_rows->minimumHeight()));
}

void RestoreDialog::presentWarnings()
{
    QStringList lines;
    const EndpointSpec *theirs = m_parts.endpoints.find(m_picture.endpoint);
    const bool isWhole = part() == RestorePart::All || part() == RestorePart::AllButSeed;
    if (isWhole && !m_picture.endpoint.isEmpty() && !theirs)
        lines.append(tr("The endpoint that made this picture, %1, is not known any more.")
                         .arg(recipewords::endpointTitle(nullptr, m_picture.endpoint)));
    if (isWhole && theirs && m_parts.outlook.of(*theirs).isOver)
        lines.append(tr("%1: %2", "endpoint, how it stands").arg(theirs->title, m_parts.outlook.of(*theirs).sentence));
    if (!m_plan.homeless.isEmpty())
        lines.append(tr("Kept, but not used by this endpoint: %1").arg(m_plan.homeless.join(QStringLiteral("; "))));
    if (!m_plan.refused.isEmpty())
        lines.append(tr("Not taken over, since this endpoint does not take the value: %1")
                         .arg(m_plan.refused.join(QStringLiteral(", "))));
    m_warning->setText(lines.join(QLatin1Char('\n')));
    m_warning->setVisible(!lines.isEmpty());
}

QString RestoreDialog::stepName() const
{
    switch (part()) {
    case RestorePart::All:
        return tr("restored all settings");
    case RestorePart::AllButSeed:
        return tr("restored all but the seed");
    case RestorePart::Prompt:
        return tr("restored prompt");
    case RestorePart::Seed:
        return tr("restored seed");
    }
    return {};
}

void RestoreDialog::apply()
{
    emit applied(m_plan.recipe, stepName());
    accept();
}

void RestoreDialog::retranslate()
{
    setWindowTitle(tr("Reuse settings"));
    m_title->setText(tr("Reuse the settings of this picture"));
    m_partLabel->setText(tr("Take over"));
    const std::array names{tr("All settings"), tr("All but the seed"), tr("Prompt"), tr("Seed")};
    for (int i = 0; i < m_part->count(); ++i)
        m_part->setItemText(i, names.at(static_cast<std::size_t>(i)));
    m_part->setAccessibleName(tr("Take over"));
    const EndpointSpec *theirs = m_parts.endpoints.find(m_picture.endpoint);
    const EndpointSpec *ours = m_parts.endpoints.find(m_current.endpoint);
    m_endpointLabel->setText(tr("The picture was made by another endpoint than the form is for."));
    m_theirs->setText(tr("Switch to %1").arg(recipewords::endpointTitle(theirs, m_picture.endpoint)));
    m_ours->setText(tr("Stay with %1").arg(recipewords::endpointTitle(ours, m_current.endpoint)));
    m_asTyped->setText(tr("The prompt as it was typed, with its choices and wildcards"));
    m_rows->setAccessibleName(tr("What changes"));
    m_cancel->setText(tr("Cancel"));
    m_apply->setText(tr("Apply to the form"));
    refresh();
}

void RestoreDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
