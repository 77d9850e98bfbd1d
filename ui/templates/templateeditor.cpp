// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/templateeditor.h"

#include "core/base/displaytext.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/stores.h"
#include "ui/templates/volumelisteditor.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/keyvalueeditor.h"
#include "ui/widgets/portlisteditor.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace novita {

namespace {

constexpr int kMostTyped = 5000; // beyond every rule: what is too long shall be said, not cut
constexpr int kMostDiskGb = 100000;
constexpr int kReadmeLines = 7;

} // namespace

TemplateEditor::TemplateEditor(const UiContext &context, const TemplateDraft &draft, const InstanceTemplate *source, QWidget *parent)
    : FormDialog(context, parent)
    , m_start(draft)
    , m_isCopy(source && draft.id.isEmpty())
    , m_hadTools(source && source->hasJupyter)
    , m_name(new QLineEdit)
    , m_type(new QComboBox)
    , m_image(new QLineEdit)
    , m_auth(new QComboBox)
    , m_disk(new QSpinBox)
    , m_ports(new PortListEditor(nullptr, 2 * TemplateDraft::kMostPortsPerType))
    , m_envs(new KeyValueEditor)
    , m_volumes(new VolumeListEditor)
    , m_command(new QLineEdit)
    , m_entrypoint(new QLineEdit)
    , m_cuda(new QLineEdit)
    , m_readme(new QPlainTextEdit)
{
    buildForm();
    load(draft);
    connectSignals();
    begin();
}

void TemplateEditor::buildForm()
{
    m_labels = {form()->addField({DraftField::Name}, m_name), form()->addField({}, m_type), form()->addField({DraftField::Image}, m_image),
                form()->addField({}, m_auth), form()->addField({DraftField::Rootfs}, m_disk), form()->addField({DraftField::Ports}, m_ports),
                form()->addField({DraftField::Envs}, m_envs), form()->addField({DraftField::Volumes}, m_volumes),
                form()->addField({DraftField::Command}, m_command), form()->addField({DraftField::Entrypoint}, m_entrypoint),
                form()->addField({DraftField::MinCuda}, m_cuda), form()->addField({DraftField::Readme}, m_readme)};
    m_note = form()->addNote();
    m_type->addItem(QString(), QStringLiteral("instance"));
    m_type->addItem(QString(), QStringLiteral("serverless"));
    m_disk->setRange(1, kMostDiskGb);
    m_readme->setTabChangesFocus(true);
    m_readme->setFixedHeight(m_readme->fontMetrics().lineSpacing() * kReadmeLines);
    for (QLineEdit *field : {m_name, m_image, m_command, m_entrypoint, m_cuda})
        field->setMaxLength(kMostTyped);
}

void TemplateEditor::connectSignals()
{
    for (QLineEdit *field : {m_name, m_image, m_command, m_entrypoint, m_cuda})
        connect(field, &QLineEdit::textEdited, this, &TemplateEditor::changed);
    connect(m_disk, &QSpinBox::valueChanged, this, &TemplateEditor::changed);
    connect(m_ports, &PortListEditor::portsChanged, this, &TemplateEditor::changed);
    connect(m_envs, &KeyValueEditor::valuesChanged, this, &TemplateEditor::changed);
    connect(m_volumes, &VolumeListEditor::volumesChanged, this, &TemplateEditor::changed);
    connect(m_readme, &QPlainTextEdit::textChanged, this, &TemplateEditor::changed);
    connect(&context().stores.registryAuths, &EntityStoreBase::freshnessChanged, this, &TemplateEditor::fillAuths);
}

void TemplateEditor::load(const TemplateDraft &draft)
{
    m_name->setText(draft.name);
    if (m_type->findData(draft.type) < 0)
        m_type->addItem(displayLine(draft.type), draft.type);
    m_type->setCurrentIndex(m_type->findData(draft.type));
    m_image->setText(draft.image);
    fillChoices(m_auth, tr("None: the image is public"), credentialChoices(context().stores), draft.imageAuthId.toString());
    m_disk->setValue(draft.rootfsGb);
    m_ports->setPorts(draft.ports);
    m_envs->setValues(draft.envs);
    m_volumes->setVolumes(draft.volumes);
    m_command->setText(draft.startCommand);
    m_entrypoint->setText(draft.entrypoint);
    m_cuda->setText(draft.minCudaVersion);
    m_readme->setPlainText(draft.readme);
}

void TemplateEditor::fillAuths()
{
    fillChoices(m_auth, tr("None: the image is public"), credentialChoices(context().stores), m_auth->currentData().toString());
}

TemplateDraft TemplateEditor::draft() const
{
    TemplateDraft out;
    out.id = m_start.id;
    out.name = m_name->text().trimmed();
    out.type = m_type->currentData().toString();
    out.image = m_image->text().trimmed();
    out.imageAuthId = RegistryAuthId(m_auth->currentData().toString());
    out.rootfsGb = m_disk->value();
    out.ports = m_ports->ports();
    out.envs = m_envs->values();
    out.volumes = m_volumes->volumes();
    // What nobody touched stays as it was, also where a field cannot show it as it is.
    out.startCommand = m_command->isModified() ? m_command->text() : m_start.startCommand;
    out.entrypoint = m_entrypoint->isModified() ? m_entrypoint->text() : m_start.entrypoint;
    out.minCudaVersion = m_cuda->text().trimmed();
    out.readme = m_readme->document()->isModified() ? m_readme->toPlainText() : m_start.readme;
    return out;
}

bool TemplateEditor::isDirty() const
{
    return draft() != m_start;
}

QString TemplateEditor::heading() const
{
    if (m_isCopy)
        return tr("Clone template");
    return m_start.id.isEmpty() ? tr("New template") : tr("Edit “%1”").arg(displayLine(m_start.name, 60));
}

QString TemplateEditor::verb() const
{
    return m_start.id.isEmpty() ? tr("Create template") : tr("Save template");
}

QString TemplateEditor::busyVerb() const
{
    return m_start.id.isEmpty() ? tr("Creating…") : tr("Saving…");
}

QList<DraftProblem> TemplateEditor::problems() const
{
    return context().resources.problems(draft());
}

Call<ResourceOutcome> *TemplateEditor::submit()
{
    return context().resources.save(draft());
}

void TemplateEditor::retranslate()
{
    const QStringList words{tr("Name"), tr("Kind"), tr("Image"), tr("Registry credentials"), tr("System disk"), tr("Ports"), tr("Environment"), tr("Disks"),
                            tr("Start command"), tr("Entrypoint"), tr("CUDA at least"), tr("Read me")};
    const QList<QWidget *> fields{m_name, m_type, m_image, m_auth, m_disk, m_ports, m_envs, m_volumes, m_command, m_entrypoint, m_cuda, m_readme};
    for (qsizetype i = 0; i < words.size(); ++i) {
        m_labels.at(i)->setText(words.at(i));
        fields.at(i)->setAccessibleName(words.at(i));
    }
    m_type->setItemText(0, tr("Instance"));
    m_type->setItemText(1, tr("Serverless"));
    m_image->setPlaceholderText(tr("for example docker.io/library/ubuntu:22.04"));
    m_disk->setSuffix(tr(" GB"));
    for (QLineEdit *field : {m_command, m_entrypoint})
        field->setPlaceholderText(tr("that of the image"));
    m_cuda->setPlaceholderText(tr("any, or for example 12.4"));
    m_readme->setPlaceholderText(tr("Markdown"));
    QString note = tr("Only you see it: the template is private.");
    if (m_hadTools)
        note += QLatin1Char(' ') + (m_isCopy ? tr("The API takes no tools for a template, so the copy starts without Jupyter; its port is kept.")
                                             : tr("The API takes no tools for a template: Jupyter may be gone once this is saved."));
    m_note->setText(note);
    fillAuths();
}

} // namespace novita
