// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/imagestep.h"

#include "core/workflows/stores.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/errortext.h"
#include "ui/models/templatetablemodel.h"
#include "ui/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>

namespace novita {

namespace {

const QLatin1String kChannels[]{QLatin1String(""), QLatin1String("official"), QLatin1String("community"), QLatin1String("private")};

} // namespace

ImageStep::ImageStep(WizardState &state, const UiContext &context, QWidget *parent)
    : WizardStep(state, parent)
    , m_context(context)
    , m_form(new FieldForm(context.theme, this))
    , m_image(new QLineEdit(this))
    , m_heading(new QLabel(this))
    , m_channelLabel(new QLabel(this))
    , m_channel(new QComboBox(this))
    , m_filter(new SearchField(context.theme, this))
    , m_model(new TemplateTableModel(context.stores.templates, this))
    , m_table(new TableView(context.theme, this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_use(new QPushButton(this))
    , m_filled(new QLabel(this))
    , m_undo(new QPushButton(this))
{
    buildLayout();
    connectSignals();
    begin();
}

void ImageStep::buildLayout()
{
    m_imageLabel = m_form->addField({DraftField::Image}, m_image);
    m_hint = m_form->addNote();
    m_image->setClearButtonEnabled(true);
    for (const QLatin1String channel : kChannels)
        m_channel->addItem(QString(), QString(channel));
    m_channelLabel->setBuddy(m_channel);
    m_channelLabel->setProperty("tone", QStringLiteral("text2"));
    m_heading->setFont(m_context.theme.font(TextStyle::Subtitle, true));
    m_use->setAutoDefault(false);
    m_undo->setAutoDefault(false);
    m_undo->setProperty("link", true);
    m_filled->setTextFormat(Qt::PlainText);
    m_filled->setWordWrap(true);

    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    // Narrower than on the page of templates; the last of them are left to that page.
    constexpr int kWidths[] = {190, 250, 96, 120, 72, 104, 140};
    QList<ColumnSpec> columns;
    for (const TableColumn &column : m_model->columns()) {
        const auto at = std::min(columns.size(), static_cast<qsizetype>(std::size(kWidths)) - 1);
        columns.append({column.id, kWidths[at], at > 4, at < 2 ? 0 : static_cast<int>(at)});
    }
    m_table->setColumns(columns);
    m_table->sortByColumn(TemplateTableModel::NameColumn, Qt::AscendingOrder);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    auto *choice = new QHBoxLayout;
    choice->setSpacing(space::kRelated);
    choice->addWidget(m_channelLabel);
    choice->addWidget(m_channel);
    choice->addWidget(m_filter, 1);
    choice->addWidget(m_use);
    auto *told = new QHBoxLayout;
    told->setSpacing(space::kRelated);
    told->addWidget(m_filled, 1);
    told->addWidget(m_undo, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_form);
    layout->addLayout(told);
    layout->addSpacing(space::kRelated);
    layout->addWidget(m_heading);
    layout->addLayout(choice);
    layout->addWidget(m_stack, 1);
}

void ImageStep::connectSignals()
{
    followText(m_image, DraftField::Image, &InstanceDraft::imageUrl, true);
    connect(m_channel, &QComboBox::currentIndexChanged, this, &ImageStep::applyFilter);
    connect(m_filter, &SearchField::filterChanged, this, &ImageStep::applyFilter);
    connect(m_model, &EntityTableModel::updated, this, &ImageStep::showEmptiness);
    connect(&m_context.stores.templates, &EntityStoreBase::freshnessChanged, this, &ImageStep::showEmptiness);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_use->setEnabled(m_table->selectionModel()->hasSelection()); });
    connect(m_table, &TableView::rowActivated, this, &ImageStep::useCurrent);
    connect(m_use, &QPushButton::clicked, this, &ImageStep::useCurrent);
    connect(m_undo, &QPushButton::clicked, this, &ImageStep::undoTemplate);
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (m_model->totalCount() == 0) {
            emit refreshRequested();
            return;
        }
        m_channel->setCurrentIndex(0);
        m_filter->setFilter({});
    });
    connect(&m_context.theme, &Theme::changed, this, [this] { m_heading->setFont(m_context.theme.font(TextStyle::Subtitle, true)); });
}

QString ImageStep::title() const
{
    return tr("Image or template");
}

bool ImageStep::focusField(DraftField field)
{
    return m_form->focusField(field);
}

void ImageStep::enter()
{
    m_image->setFocus(Qt::OtherFocusReason);
}

void ImageStep::load()
{
    const QString &image = state().draft().imageUrl;
    if (m_image->text().trimmed() != image)
        m_image->setText(image);
}

void ImageStep::showProblems(const QList<DraftProblem> &problems)
{
    m_form->showProblems(problems);
}

void ImageStep::applyFilter()
{
    const QString channel = m_channel->currentData().toString();
    const QString typed = m_filter->text();
    m_model->setFilter(channel.isEmpty() ? typed : QStringLiteral("channel:%1 %2").arg(channel, typed));
    showEmptiness();
}

void ImageStep::showEmptiness()
{
    const bool filled = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(filled ? static_cast<QWidget *>(m_table) : m_empty);
    m_use->setEnabled(filled && m_table->selectionModel()->hasSelection());
    if (filled)
        return;
    const TemplateStore &templates = m_context.stores.templates;
    if (m_model->totalCount() > 0)
        m_empty->setContent(tr("No template matches."), tr("Show all"));
    else if (templates.isRefreshing())
        m_empty->setContent(tr("Reading the templates…"));
    else if (templates.lastError())
        m_empty->setContent(errorText(*templates.lastError()).sentence, tr("Read again"));
    else if (templates.refreshedAt())
        m_empty->setContent(tr("There are no templates. Enter an image instead."), tr("Read again"));
    else
        m_empty->setContent(tr("The templates have not been read yet. You can enter an image meanwhile."), tr("Read again"));
}

void ImageStep::useCurrent()
{
    const QString id = m_model->idAt(m_table->currentIndex().row());
    if (!id.isEmpty())
        useTemplate(TemplateId(id));
}

bool ImageStep::useTemplate(const TemplateId &id)
{
    const InstanceTemplate *source = m_context.stores.templates.find(id);
    if (!source)
        return false;
    m_beforeTemplate = state().draft();
    m_used = *source;
    state().applyTemplate(id);
    showFilled();
    emit templateApplied(id);
    return true;
}

void ImageStep::undoTemplate()
{
    if (!m_beforeTemplate)
        return;
    const InstanceDraft before = *m_beforeTemplate;
    m_beforeTemplate.reset();
    m_used.reset();
    state().edit({}, [&before](InstanceDraft &draft) {
        draft.imageUrl = before.imageUrl;
        draft.imageAuthId = before.imageAuthId;
        draft.ports = before.ports;
        draft.envs = before.envs;
        draft.jupyter = before.jupyter;
        draft.jupyterPort = before.jupyterPort;
        draft.rootfsGb = before.rootfsGb;
        draft.command = before.command;
        draft.entrypoint = before.entrypoint;
        draft.minCudaVersion = before.minCudaVersion;
    });
    showFilled();
}

void ImageStep::showFilled()
{
    m_filled->setVisible(m_used.has_value());
    m_undo->setVisible(m_beforeTemplate.has_value());
    if (!m_used)
        return;
    QStringList parts{tr("the image")};
    if (!m_used->ports.isEmpty())
        parts.append(tr("%n port(s)", nullptr, static_cast<int>(m_used->ports.size())));
    if (!m_used->envs.isEmpty())
        parts.append(tr("%n variable(s)", nullptr, static_cast<int>(m_used->envs.size())));
    if (m_used->rootfsGb)
        parts.append(tr("the disk size"));
    if (!m_used->startCommand.isEmpty() || !m_used->entrypoint.isEmpty())
        parts.append(tr("the start command"));
    if (m_used->hasJupyter)
        parts.append(tr("Jupyter"));
    m_filled->setText(tr("Filled from %1: %2.").arg(m_used->name, parts.join(QStringLiteral(", "))));
}

void ImageStep::retranslate()
{
    m_imageLabel->setText(tr("Image"));
    m_image->setAccessibleName(tr("Image"));
    m_image->setPlaceholderText(QStringLiteral("docker.io/library/ubuntu:22.04"));
    m_hint->setText(tr("The address of a container image, or take one from a template below. Credentials for a private registry come in the next step."));
    m_heading->setText(tr("Templates"));
    m_channelLabel->setText(tr("Channel"));
    m_channel->setItemText(0, tr("All"));
    for (int i = 1; i < m_channel->count(); ++i)
        m_channel->setItemText(i, TemplateTableModel::channelWord(m_channel->itemData(i).toString()));
    m_filter->setPlaceholderText(tr("Filter, e.g. name:comfy port:8888"));
    m_filter->setAccessibleName(tr("Filter templates"));
    m_table->setAccessibleName(tr("Templates table"));
    m_use->setText(tr("Use template"));
    m_use->setAccessibleName(tr("Use template"));
    m_undo->setText(tr("Undo"));
    m_undo->setAccessibleName(tr("Undo template"));
    m_model->retranslate();
    showFilled();
    showEmptiness();
}

} // namespace novita
