// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/endpointpicker.h"

#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/schemaform.h"
#include "ui/format.h"
#include "ui/images/fieldeditor.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>
#include <tuple>

namespace novita {

namespace {

/// The same models stand behind both, so that settings of one mean something to the other.
bool isAkin(const EndpointSpec &a, const EndpointSpec &b)
{
    if (a.family != b.family)
        return false;
    return a.family == EndpointFamily::SdAsync || a.family == EndpointFamily::WebUi || a.title.startsWith(b.title) || b.title.startsWith(a.title);
}

} // namespace

EndpointPicker::EndpointPicker(const EndpointTable &table, const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_table(table)
    , m_clock(clock)
    , m_modeLabel(makeLabel("text2", this))
    , m_mode(new QComboBox(this))
    , m_endpointLabel(makeLabel("text2", this))
    , m_endpoint(new QComboBox(this))
    , m_standing(makeWords("warn", this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kRelated);
    grid->setVerticalSpacing(space::kInside);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_modeLabel, 0, 0);
    grid->addWidget(m_mode, 0, 1);
    grid->addWidget(m_endpointLabel, 1, 0);
    grid->addWidget(m_endpoint, 1, 1);
    grid->addWidget(m_standing, 2, 0, 1, 2);
    m_modeLabel->setBuddy(m_mode);
    m_endpointLabel->setBuddy(m_endpoint);
    for (QComboBox *box : {m_mode, m_endpoint}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(8);
        leaveWheelToForm(box);
    }
    fillModes();
    fillEndpoints({});
    retranslate();
    connect(m_mode, &QComboBox::currentIndexChanged, this, [this] {
        const EndpointSpec *held = endpoint();
        fillEndpoints(held ? held->id : QString());
        present();
        emit chosen();
    });
    connect(m_endpoint, &QComboBox::currentIndexChanged, this, [this] {
        present();
        emit chosen();
    });
}

void EndpointPicker::fillModes()
{
    for (const ImageMode mode : allImageModes()) {
        const QList<const EndpointSpec *> specs = m_table.serving(mode);
        if (std::any_of(specs.begin(), specs.end(), [this](const EndpointSpec *spec) { return isOffered(*spec); }))
            m_mode->addItem(imageModeLabel(mode), imageModeName(mode));
    }
}

/// A server of one's own is not among what the profile's key opens.
bool EndpointPicker::isOffered(const EndpointSpec &spec) const
{
    return (spec.family == EndpointFamily::WebUi) == m_onServer;
}

void EndpointPicker::setOnServer(bool onServer)
{
    if (onServer == m_onServer)
        return;
    m_onServer = onServer;
    refillModes();
    fillEndpoints({});
    present();
    emit chosen();
}

void EndpointPicker::followTable()
{
    const QString held = m_endpoint->currentData().toString();
    refillModes();
    fillEndpoints(held);
    present();
    emit chosen();
}

void EndpointPicker::refillModes()
{
    const QString held = m_mode->currentData().toString();
    const QSignalBlocker blocker(m_mode);
    m_mode->clear();
    fillModes();
    m_mode->setCurrentIndex(std::max(0, m_mode->findData(held)));
}

EndpointStanding EndpointPicker::standing(const EndpointSpec &spec) const
{
    return EndpointOutlook::at(m_clock.now(), m_marks, m_inSandbox).of(spec);
}

/// A video model of which an endpoint with the same name makes the same.
bool EndpointPicker::isCovered(const EndpointSpec &spec, ImageMode mode) const
{
    const QString model = videoModelName(spec);
    const EndpointSpec *own = model.isEmpty() ? nullptr : m_table.find(model);
    return own && own->serves(mode) && standing(*own).status != EndpointAvailability::Retired;
}

/// For `mode`; `wanted` also where it would be left out because something else does the same.
QList<const EndpointSpec *> EndpointPicker::offered(ImageMode mode, const QString &wanted) const
{
    QList<const EndpointSpec *> specs = m_table.serving(mode);
    specs.removeIf([&](const EndpointSpec *spec) { return !isOffered(*spec) || (spec->id != wanted && isCovered(*spec, mode)); });
    const EndpointOutlook outlook = EndpointOutlook::at(m_clock.now(), m_marks, m_inSandbox);
    const auto rank = [&outlook](const EndpointSpec *spec) {
        const EndpointStanding standing = outlook.of(*spec);
        const FieldSpec *model = spec->field(fields::kModel);
        const QDate seen = spec->availability.date;
        // What wants the name of a model to be typed is for those who know it; of the others those come first whose pictures can be made once
        // more, as the page promises it, and among them the surest to answer.
        return std::tuple(standing.status, model && model->type == FieldType::Text, standing.retiresOn.has_value(), spec->field(fields::kSeed) == nullptr,
                          seen.isValid() ? -seen.toJulianDay() : 0);
    };
    std::stable_sort(specs.begin(), specs.end(), [&rank](const EndpointSpec *a, const EndpointSpec *b) { return rank(a) < rank(b); });
    return specs;
}

const EndpointSpec *EndpointPicker::best(ImageMode wanted, const QList<const EndpointSpec *> &like) const
{
    QList<const EndpointSpec *> specs = offered(wanted);
    if (specs.isEmpty())
        return nullptr;
    std::stable_partition(specs.begin(), specs.end(), [this](const EndpointSpec *spec) { return !standing(*spec).isOver; });
    for (const EndpointSpec *model : like) {
        if (specs.contains(model) && !standing(*model).isOver)
            return model;
        const auto akin = std::find_if(specs.cbegin(), specs.cend(), [&](const EndpointSpec *spec) { return model && isAkin(*model, *spec) && !standing(*spec).isOver; });
        if (akin != specs.cend())
            return *akin;
    }
    return specs.constFirst();
}

void EndpointPicker::fillEndpoints(const QString &wanted)
{
    const QSignalBlocker blocker(m_endpoint);
    const QList<const EndpointSpec *> specs = offered(mode(), wanted);
    m_endpoint->clear();
    for (const EndpointSpec *spec : specs) {
        m_endpoint->addItem(standing(*spec).isOver ? tr("%1 (retired)", "an endpoint").arg(spec->title) : spec->title, spec->id);
        if (const QString model = videoModelName(*spec); !model.isEmpty())
            m_endpoint->setItemData(m_endpoint->count() - 1, format::toolTip(model), Qt::ToolTipRole);
    }
    m_endpoint->setCurrentIndex(std::max(m_endpoint->findData(wanted), m_endpoint->count() > 0 ? 0 : -1));
}

ImageMode EndpointPicker::mode() const
{
    return imageModeFromName(m_mode->currentData().toString()).value_or(ImageMode::TextToImage);
}

const EndpointSpec *EndpointPicker::endpoint() const
{
    return m_table.find(m_endpoint->currentData().toString());
}

bool EndpointPicker::choose(const QString &endpointId, std::optional<ImageMode> wanted)
{
    const EndpointSpec *spec = m_table.find(endpointId);
    if (!spec || !isOffered(*spec))
        return false;
    const ImageMode now = wanted && spec->serves(*wanted) ? *wanted : spec->serves(mode()) ? mode() : spec->modes.constFirst();
    {
        const QSignalBlocker blocker(m_mode);
        m_mode->setCurrentIndex(m_mode->findData(imageModeName(now)));
    }
    fillEndpoints(endpointId);
    present();
    emit chosen();
    return true;
}

void EndpointPicker::setRetired(const RetiredMarks &marks, bool inSandbox)
{
    m_marks = marks;
    m_inSandbox = inSandbox;
    const EndpointSpec *held = endpoint();
    fillEndpoints(held ? held->id : QString());
    present();
    emit chosen();
}

void EndpointPicker::present()
{
    const EndpointSpec *spec = endpoint();
    const EndpointStanding now = spec ? standing(*spec) : EndpointStanding();
    m_standing->setText(spec ? now.sentence : tr("No endpoint does this."));
    m_standing->setVisible(!m_standing->text().isEmpty());
    setTone(m_standing, now.isOver ? "bad" : now.retiresOn ? "warn" : "text3");
    m_endpoint->setAccessibleDescription(m_standing->text());
}

void EndpointPicker::retranslate()
{
    m_modeLabel->setText(tr("Mode"));
    m_mode->setAccessibleName(tr("Mode"));
    m_endpointLabel->setText(tr("Endpoint"));
    m_endpoint->setAccessibleName(tr("Endpoint"));
    for (int i = 0; i < m_mode->count(); ++i)
        m_mode->setItemText(i, imageModeLabel(imageModeFromName(m_mode->itemData(i).toString()).value_or(ImageMode::TextToImage)));
    const EndpointSpec *held = endpoint();
    fillEndpoints(held ? held->id : QString());
    present();
}

void EndpointPicker::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
