// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/templatedetails.h"

#include "ui/format.h"
#include "ui/models/templatetablemodel.h"
#include "ui/theme.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/detailshead.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>

namespace novita {

namespace {

constexpr int kLeastWidth = 320;
constexpr int kMostReadmeChars = 100000;
constexpr int kMostDescriptionChars = 1000;
constexpr int kReadmeLines = 8;

} // namespace

TemplateDetails::TemplateDetails(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_head(new DetailsHead(theme, this))
    , m_description(new QLabel)
    , m_imageLabel(new QLabel)
    , m_image(new CopyField(CopyField::Kind::Plain))
    , m_facts(new FactList)
    , m_envsLabel(new QLabel)
    , m_reveal(new QCheckBox)
    , m_envs(new FactList)
    , m_readmeLabel(new QLabel)
    , m_readme(new QPlainTextEdit)
{
    buildLayout();
    connect(m_reveal, &QCheckBox::toggled, this, &TemplateDetails::showEnvs);
    connect(m_head, &DetailsHead::closeRequested, this, &TemplateDetails::closeRequested);
    retranslate();
}

void TemplateDetails::buildLayout()
{
    setProperty("card", true);
    setMinimumWidth(kLeastWidth);
    for (QLabel *label : {m_description, m_imageLabel, m_envsLabel, m_readmeLabel}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    for (QLabel *label : {m_description, m_imageLabel, m_envsLabel, m_readmeLabel})
        label->setProperty("tone", QStringLiteral("text2"));
    m_imageLabel->setBuddy(m_image->field());
    m_readmeLabel->setBuddy(m_readme);
    m_readme->setReadOnly(true);
    m_readme->setTabChangesFocus(true);
    m_readme->setMinimumHeight(m_readme->fontMetrics().lineSpacing() * kReadmeLines);

    auto *envLine = new QHBoxLayout;
    envLine->addWidget(m_envsLabel, 1);
    envLine->addWidget(m_reveal);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, space::kRelated, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(m_description);
    column->addWidget(m_imageLabel);
    column->addWidget(m_image);
    column->addWidget(m_facts);
    column->addLayout(envLine);
    column->addWidget(m_envs);
    column->addWidget(m_readmeLabel);
    column->addWidget(m_readme, 1);
    column->addStretch();
    auto *scroll = makeScrolling(content, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kRelated, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_head);
    layout->addWidget(scroll, 1);
}

void TemplateDetails::setTemplate(const InstanceTemplate *source)
{
    const bool other = !source || !m_template || source->id != m_template->id;
    m_template = source ? std::optional(*source) : std::nullopt;
    if (other)
        m_reveal->setChecked(false);
    retranslate();
}

QList<std::pair<QString, QString>> TemplateDetails::facts() const
{
    const InstanceTemplate &source = *m_template;
    QStringList ports;
    for (const TemplatePort &port : source.ports)
        ports.append(QStringLiteral("%1/%2").arg(port.port).arg(port.type));
    QList<std::pair<QString, QString>> out{{tr("Channel"), TemplateTableModel::channelWord(source.channel)},
                                           {tr("Ports"), ports.join(QStringLiteral(", "))},
                                           {tr("System disk"), format::gigabytes(source.rootfsGb)}};
    const auto add = [&out](const QString &label, const QString &value) {
        if (!value.isEmpty())
            out.append({label, value});
    };
    add(tr("Command"), source.startCommand);
    add(tr("Entrypoint"), source.entrypoint);
    add(tr("CUDA at least"), source.minCudaVersion);
    if (source.hasJupyter)
        add(tr("Tools"), source.jupyterPort ? tr("Jupyter on %1").arg(*source.jupyterPort) : tr("Jupyter"));
    if (!source.imageAuthId.isEmpty())
        add(tr("Registry"), tr("needs stored credentials"));
    add(tr("Author"), source.user);
    add(tr("Id"), source.id.toString());
    return out;
}

void TemplateDetails::showEnvs()
{
    QList<std::pair<QString, QString>> lines;
    if (m_template) {
        for (const EnvVar &env : m_template->envs)
            lines.append({env.key, env.value.isEmpty() || m_reveal->isChecked() ? env.value : QStringLiteral("••••••••")});
    }
    m_envs->setFacts(lines);
    m_envs->setVisible(!lines.isEmpty());
    m_envsLabel->setVisible(!lines.isEmpty());
    m_reveal->setVisible(!lines.isEmpty());
}

void TemplateDetails::retranslate()
{
    m_imageLabel->setText(tr("Image"));
    m_image->setName(tr("image"));
    m_envsLabel->setText(tr("Environment"));
    m_reveal->setText(tr("Show values"));
    m_reveal->setAccessibleName(tr("Show values"));
    m_readmeLabel->setText(tr("Read me, as plain text"));
    m_readme->setAccessibleName(tr("Read me"));
    showEnvs();
    if (!m_template)
        return;
    m_head->setTitle(m_template->name.isEmpty() ? m_template->id.toString() : m_template->name, m_template->name.isEmpty());
    m_description->setText(m_template->description.left(kMostDescriptionChars));
    m_description->setVisible(!m_template->description.isEmpty());
    m_image->setText(m_template->image);
    m_facts->setFacts(facts());
    const QString readme = m_template->readme.left(kMostReadmeChars);
    if (m_readme->toPlainText() != readme)
        m_readme->setPlainText(readme);
    m_readme->setVisible(!readme.isEmpty());
    m_readmeLabel->setVisible(!readme.isEmpty());
}

void TemplateDetails::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
