// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/prewarmtab.h"

#include "core/base/displaytext.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/stores.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/models/columntablemodel.h"
#include "ui/models/productwords.h"
#include "ui/templates/prewarmdialog.h"
#include "ui/templates/resourcedetails.h"
#include "ui/theme.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/tableview.h"

#include <QAction>

namespace novita {

namespace {

using Model = ColumnTableModel<PrewarmTask>;

constexpr int kStateColumn = 1;
constexpr qsizetype kMostShown = 20;

QString shownImage(const PrewarmTask &task)
{
    const QString image = displayLine(task.imageUrl.isEmpty() ? task.imageName : task.imageUrl);
    return image.isEmpty() ? displayLine(task.id.toString()) : image;
}

QString stateWord(const PrewarmTask &task)
{
    switch (task.state) {
    case PrewarmState::Pending: return PrewarmTab::tr("Waiting");
    case PrewarmState::Running: return PrewarmTab::tr("Pulling");
    case PrewarmState::Succeeded: return PrewarmTab::tr("Ready");
    case PrewarmState::Failed: return PrewarmTab::tr("Failed");
    case PrewarmState::Unknown: break;
    }
    return task.stateText.isEmpty() ? format::dash() : displayLine(task.stateText, 40);
}

QString reasonsText(const PrewarmTask &task)
{
    return displayLine(task.reasons.mid(0, kMostShown).join(QStringLiteral("; ")), 500);
}

QVariant stateLook(const PrewarmTask &task, int role)
{
    const bool failed = task.state == PrewarmState::Failed;
    const bool ready = task.state == PrewarmState::Succeeded;
    switch (role) {
    case ToneRole: return static_cast<int>(failed ? StateTone::Bad : ready ? StateTone::Good : StateTone::Wait);
    case IconNameRole: return failed ? QStringLiteral("dialog-close") : ready ? QStringLiteral("checkmark") : task.state == PrewarmState::Running ? QStringLiteral("download") : QStringLiteral("clock");
    case ChangingRole: return task.state == PrewarmState::Running;
    case Qt::ToolTipRole: return failed && !task.reasons.isEmpty() ? QVariant(format::toolTip(reasonsText(task))) : QVariant();
    default: return {};
    }
}

QString sizeText(const PrewarmTask &task)
{
    return task.bytes ? format::bytes(*task.bytes) : format::dash();
}

SortValue timeValue(const std::optional<TimePoint> &at)
{
    return at ? SortValue::ofNumber(static_cast<double>(at->time_since_epoch().count())) : SortValue::unknown();
}

QString shownRegion(const PrewarmTask &task, const ClusterStore &clusters)
{
    return displayLine(productwords::regionName(task.clusterName, task.clusterId, clusters));
}

Model *makeModel(PrewarmStore &store, const ClusterStore &clusters)
{
    return new Model(store,
                     {{{QStringLiteral("image"), false, false, 320, true, 0}, [] { return PrewarmTab::tr("Image"); }, shownImage, {}, {}},
                      {{QStringLiteral("state"), false, false, 120, true, 0}, [] { return PrewarmTab::tr("State"); }, stateWord, {}, stateLook},
                      {{QStringLiteral("region"), false, false, 180, true, 1}, [] { return PrewarmTab::tr("Region"); },
                       [&clusters](const PrewarmTask &task) { return shownRegion(task, clusters); }, {}, {}},
                      {{QStringLiteral("size"), true, false, 100, true, 3}, [] { return PrewarmTab::tr("Size"); }, sizeText,
                       [](const PrewarmTask &task) { return task.bytes ? SortValue::ofNumber(static_cast<double>(*task.bytes)) : SortValue::unknown(); }, {}},
                      {{QStringLiteral("note"), false, false, 160, true, 2}, [] { return PrewarmTab::tr("Note"); },
                       [](const PrewarmTask &task) { return task.note.isEmpty() ? format::dash() : displayLine(task.note); }, {}, {}},
                      {{QStringLiteral("created"), false, false, 160, true, 4}, [] { return PrewarmTab::tr("Asked for"); },
                       [](const PrewarmTask &task) { return format::dateTime(task.createdAt); },
                       [](const PrewarmTask &task) { return timeValue(task.createdAt); }, {}}},
                     {{QStringLiteral("image"), [](const PrewarmTask &task) { return task.imageUrl; }},
                      {QStringLiteral("state"), [](const PrewarmTask &task) { return stateWord(task); }},
                      {QStringLiteral("region"), [&clusters](const PrewarmTask &task) { return task.clusterId.toString() + u' ' + shownRegion(task, clusters); }},
                      {QStringLiteral("note"), [](const PrewarmTask &task) { return task.note; }},
                      {QStringLiteral("id"), [](const PrewarmTask &task) { return task.id.toString(); }}});
}

} // namespace

PrewarmTab::PrewarmTab(const UiContext &context, QWidget *parent)
    : PrewarmTab(context, new ResourceDetails(context.theme), parent)
{
}

PrewarmTab::PrewarmTab(const UiContext &context, ResourceDetails *details, QWidget *parent)
    : ResourceTab(context, ResourceKind::Prewarm,
                  {makeModel(context.stores.prewarms, context.stores.clusters), context.stores.prewarms, DataKind::Prewarms, keys::kPrewarmColumns, details}, parent)
    , m_details(details)
{
    header()->addSecondary(changeAction());
    header()->addSecondary(deleteAction());
    header()->setPrimary(newAction());
    pane()->table()->setItemDelegateForColumn(kStateColumn, new StatusDelegate(context.theme, pane()->table()));
    // Names of regions come with another list.
    connect(m_details, &ResourceDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    connect(&context.stores.prewarms, &PrewarmStore::quotaChanged, this, [this] {
        updateSubtitle();
        updateActions();
    });
    retranslate();
}

void PrewarmTab::openNew()
{
    open(new PrewarmDialog(context(), this));
}

void PrewarmTab::openChange(const QString &id)
{
    if (const PrewarmTask *task = context().stores.prewarms.find(PrewarmId(id)))
        open(new PrewarmNoteDialog(context(), *task, this));
}

QString PrewarmTab::nameOf(const QString &id) const
{
    const PrewarmTask *task = context().stores.prewarms.find(PrewarmId(id));
    return task ? shownImage(*task) : displayLine(id);
}

ConfirmRequest PrewarmTab::deleteQuestion(const QString &id) const
{
    const PrewarmTask *task = context().stores.prewarms.find(PrewarmId(id));
    ConfirmRequest request;
    request.title = tr("Delete the prewarm task of “%1”?").arg(nameOf(id));
    request.text = task && !task->isFinished() ? tr("It is not finished: the image may not be there when instances start.")
                                               : tr("The image may leave the cache; instances then pull it when they start.");
    request.confirmLabel = tr("Delete task");
    return request;
}

void PrewarmTab::showDetails(const QString &id)
{
    const PrewarmTask *task = context().stores.prewarms.find(PrewarmId(id));
    if (!task)
        return;
    QList<std::pair<QString, QString>> facts{{tr("State"), stateWord(*task)}};
    if (!task->reasons.isEmpty())
        facts.append({tr("Why it failed"), reasonsText(*task)});
    facts.append({{tr("Region"), shownRegion(*task, context().stores.clusters)},
                  {tr("For"), displayLine(task->productNames.mid(0, kMostShown).join(QStringLiteral(", ")), 500)},
                  {tr("Size"), sizeText(*task)},
                  {tr("Note"), displayLine(task->note)},
                  {tr("Asked for"), format::dateTime(task->createdAt)},
                  {tr("Finished"), format::dateTime(task->completedAt)},
                  {tr("Id"), displayLine(id)}});
    m_details->setContent({displayLine(task->imageName.isEmpty() ? task->imageUrl : task->imageName), task->imageUrl.isEmpty(), tr("Image"), tr("image"),
                           task->imageUrl, facts, QString()});
}

QString PrewarmTab::subtitleNote() const
{
    const PrewarmQuota &quota = context().stores.prewarms.quota();
    return quota.limit ? tr("at most %1").arg(format::number(*quota.limit)) : QString();
}

void PrewarmTab::retranslate()
{
    newAction()->setText(tr("Prewarm image"));
    changeAction()->setText(tr("Edit note…"));
    ResourceTab::retranslate();
}

ListWords PrewarmTab::words() const
{
    ListWords words;
    words.tableName = tr("Prewarm tasks table");
    words.filterName = tr("Filter prewarm tasks");
    words.filterHint = tr("Filter, for example state:ready");
    words.filterHelp = tr("Words, or field:value with image, state, region, note or id");
    words.nothing = tr("No image is prewarmed. Instances start faster where theirs is.");
    words.nothingAction = tr("Prewarm image");
    words.noMatch = tr("No prewarm task matches “%1”.");
    return words;
}

} // namespace novita
