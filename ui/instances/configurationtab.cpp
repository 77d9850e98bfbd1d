// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/configurationtab.h"

#include "core/base/displaytext.h"
#include "ui/format.h"
#include "ui/models/instancetext.h"
#include "ui/theme.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/elidedlabel.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr qsizetype kMostEnvs = 100;
constexpr qsizetype kMostPorts = 40;
constexpr qsizetype kMostChars = 900; ///< of a value that is not there to be copied: more than all tags together

} // namespace

ConfigurationTab::ConfigurationTab(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, space::kInside, 0);
    layout->addStretch();
}

void ConfigurationTab::setInstance(const Instance &instance, const QString &region, const QStringList &tags)
{
    if (m_instance && *m_instance == instance && m_region == region && m_tags == tags)
        return;
    m_instance = instance;
    m_region = region;
    m_tags = tags;
    present();
}

void ConfigurationTab::present()
{
    delete m_body;
    m_body = new QWidget(this);
    m_form = new QFormLayout(m_body);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(space::kGroup);
    m_form->setVerticalSpacing(space::kInside);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_body);
    if (!m_instance)
        return;
    addMachine();
    addPlace();
    addSoftware();
    addTimes();
    addEnvironment();
}

void ConfigurationTab::addRow(const QString &label, const QString &value)
{
    if (value.isEmpty())
        return;
    auto *name = new QLabel(label, m_body);
    name->setTextFormat(Qt::PlainText);
    name->setProperty("tone", QStringLiteral("text2"));
    const QString line = displayLine(value, kMostChars);
    auto *text = new QLabel(line, m_body);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(tr("%1: %2", "field and value, read aloud").arg(label, line));
    m_form->addRow(name, text);
}

void ConfigurationTab::addField(const QString &label, const QString &value, bool secret)
{
    if (value.isEmpty())
        return;
    auto *name = new ElidedLabel(m_body);
    name->setFullText(label);
    name->setProperty("tone", QStringLiteral("text2"));
    auto *field = new CopyField(secret ? CopyField::Kind::Secret : CopyField::Kind::Plain, m_body);
    field->setName(name->fullText());
    field->setClipboardSeconds(m_clipboardSeconds);
    field->setText(value);
    name->setBuddy(field->field());
    m_form->addRow(name);
    m_form->addRow(field);
}

void ConfigurationTab::addMachine()
{
    const Instance &one = *m_instance;
    addRow(tr("Id"), one.id.toString());
    addRow(tr("Tags"), m_tags.join(QStringLiteral(", ")));
    addRow(tr("Product"), instancetext::gpuLabel(one.productName, one.gpuNum));
    addRow(tr("vCPU"), one.cpuNum ? format::number(*one.cpuNum) : QString());
    addRow(tr("Memory"), one.memoryGb ? format::gigabytes(one.memoryGb) : QString());
    addRow(tr("Container disk"), one.rootfsGb ? format::gigabytes(one.rootfsGb) : QString());
    for (const VolumeMount &mount : one.volumes) {
        const QString size = mount.sizeGb ? format::gigabytes(qRound(*mount.sizeGb)) : format::dash();
        addRow(mount.isNetwork() ? tr("Network volume") : tr("Volume disk"), tr("%1, %2", "mount path, size").arg(mount.mountPath, size));
    }
    addRow(tr("Billing"), instancetext::billingLabel(one.billing, one.billingText));
}

void ConfigurationTab::addPlace()
{
    const Instance &one = *m_instance;
    addRow(tr("Region"), m_region);
    addRow(tr("Network"), one.networkId.toString());
    addRow(tr("Network address"), one.networkIp);
}

void ConfigurationTab::addSoftware()
{
    const Instance &one = *m_instance;
    addField(tr("Image"), one.imageUrl, false);
    addRow(tr("Registry credentials"), one.imageAuthId.toString());
    addField(tr("Command"), one.command, false);
    addField(tr("Entrypoint"), one.entrypoint, false);
    QStringList ports;
    for (const PortMapping &port : one.ports.mid(0, kMostPorts))
        ports.append(QString::number(port.port) + u'/' + port.type);
    addRow(tr("Ports"), ports.join(QStringLiteral(", ")));
    addRow(tr("Error"), one.statusError);
}

void ConfigurationTab::addTimes()
{
    const Instance &one = *m_instance;
    const auto time = [](const std::optional<TimePoint> &at) { return at ? format::dateTime(at) : QString(); };
    addRow(tr("Created"), time(one.createdAt));
    addRow(tr("Last started"), time(one.lastStartedAt));
    addRow(tr("Last stopped"), time(one.lastStoppedAt));
    addRow(tr("Paid until"), time(one.endTime));
    addRow(tr("Reclaimed at"), time(one.spotReclaimTime));
    addRow(tr("Data kept"), one.keepDataDays ? tr("%n day(s) after a stop", nullptr, *one.keepDataDays) : QString());
}

void ConfigurationTab::addEnvironment()
{
    for (const EnvVar &env : m_instance->envs.mid(0, kMostEnvs))
        addField(env.key, env.value, true);
}

void ConfigurationTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        present();
}

} // namespace novita
