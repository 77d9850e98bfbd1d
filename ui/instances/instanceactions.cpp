// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/instanceactions.h"

#include "core/base/displaytext.h"
#include "core/guards/guards.h"
#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/instanceforms/actiondialog.h"
#include "ui/instanceforms/actionwords.h"
#include "ui/instanceforms/copyasmenu.h"
#include "ui/instances/actionfailure.h"
#include "ui/instances/instanceconfirm.h"
#include "ui/instances/launcher.h"
#include "ui/instances/edittags.h"
#include "ui/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>
#include <QWidget>

#include <algorithm>
#include <array>
#include <optional>

namespace novita {

namespace {

// With everything selected in a long list, looking at so many is enough to know that an action is worth offering; what
// cannot be done after all is skipped with its reason.
constexpr qsizetype kMostLookedAt = 200;

/// All of them, in enum order.
constexpr std::array kActions{InstanceAction::Start,   InstanceAction::Stop,      InstanceAction::Restart,   InstanceAction::Delete,  InstanceAction::Edit,
                              InstanceAction::Clone,   InstanceAction::SaveImage, InstanceAction::Upgrade,   InstanceAction::Migrate, InstanceAction::Renew,
                              InstanceAction::ToMonthly, InstanceAction::AutoRenew, InstanceAction::AutoMigrate};

const char *iconOf(InstanceAction action)
{
    switch (action) {
    case InstanceAction::Start: return "media-playback-start";
    case InstanceAction::Stop: return "media-playback-stop";
    case InstanceAction::Restart: return "system-reboot";
    case InstanceAction::Delete: return "edit-delete";
    case InstanceAction::Edit: return "document-edit";
    case InstanceAction::Clone: return "window-duplicate";
    case InstanceAction::SaveImage: return "document-save";
    case InstanceAction::Upgrade: return "arrow-up";
    case InstanceAction::Migrate: return "transform-move";
    case InstanceAction::Renew: return "view-refresh";
    case InstanceAction::ToMonthly: return "view-calendar-timeline";
    case InstanceAction::AutoRenew: return "clock";
    case InstanceAction::AutoMigrate: return "transform-move";
    }
    Q_UNREACHABLE();
}

} // namespace

InstanceActions::InstanceActions(UiContext context, Launcher &launcher, QWidget *dialogParent)
    : QObject(dialogParent), m_context(context), m_launcher(launcher), m_parent(dialogParent)
{
    buildActions();
    connect(m_create, &QAction::triggered, this, &InstanceActions::newRequested);
    for (const InstanceAction action : kActions) {
        if (isCloudAction(action))
            connect(of(action), &QAction::triggered, this, [this, action] { ask(action); });
    }
    connect(of(InstanceAction::Clone), &QAction::triggered, this, [this] { emit cloneRequested(m_selection.value(0).toString()); });
    connect(m_several, &QAction::triggered, this, [this] { emit severalRequested(m_selection.size() == 1 ? m_selection.first().toString() : QString()); });
    connect(m_copySsh, &QAction::triggered, this, [this] {
        if (const ConnectionInfo *info = connection()) {
            if (const auto target = SshTarget::from(*info))
                QGuiApplication::clipboard()->setText(target->command());
        }
    });
    connect(m_openJupyter, &QAction::triggered, this, [this] {
        if (const ConnectionInfo *info = connection())
            openPageOf(m_selection.value(0), QString(info->jupyterAddress));
    });
    connect(m_openTerminal, &QAction::triggered, this, [this] {
        const ConnectionInfo *info = connection();
        const std::optional<SshTarget> target = info ? SshTarget::from(*info) : std::nullopt;
        if (target && m_launcher.openTerminal(*target))
            m_context.guards.idle.noteUse(m_selection.value(0));
        else if (target)
            emit launchFailed(tr("No terminal program was found. Copy the SSH command instead."));
    });
    connect(m_deleteLock, &QAction::triggered, this, [this](bool locked) {
        m_context.commands.setDeleteLocked(m_selection, locked);
        refresh();
        // The instances of the sandbox go with the console as well.
        const std::optional<Profile> profile = m_context.profiles.active();
        if (locked && m_context.profiles.isTransient() && profile && !profile->sandbox)
            emit lockWillPass(tr("The delete lock lasts until the console ends: “%1” is a profile for this run only. Add it as a profile to keep its locks.").arg(profile->name));
    });
    connect(m_tags, &QAction::triggered, this, [this] { editTags(m_context, m_selection, m_parent); });
    retranslate();
}

QAction *InstanceActions::make(const char *iconName)
{
    auto *action = new QAction(this);
    const QString name = QLatin1String(iconName);
    const auto applyIcon = [this, action, name] { action->setIcon(m_context.theme.icon(name)); };
    applyIcon();
    connect(&m_context.theme, &Theme::changed, action, applyIcon);
    return action;
}

void InstanceActions::buildActions()
{
    const auto separator = [this] {
        auto *line = new QAction(this);
        line->setSeparator(true);
        return line;
    };
    m_create = make("list-add");
    for (const InstanceAction action : kActions)
        m_byAction.append(make(iconOf(action)));
    QAction *remove = of(InstanceAction::Delete);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_several = make("view-grid");
    m_copySsh = make("edit-copy");
    m_openJupyter = make("globe");
    m_openTerminal = make("dialog-scripts");
    m_deleteLock = make("object-locked");
    m_deleteLock->setCheckable(true);
    m_tags = make("tag");
    buildCopyMenu();
    using A = InstanceAction;
    m_all = {m_create, separator(), of(A::Start), of(A::Stop), of(A::Restart), of(A::Delete), separator(),
             of(A::Edit), of(A::Upgrade), of(A::SaveImage), of(A::Migrate), of(A::Clone), m_several, separator(),
             of(A::Renew), of(A::ToMonthly), of(A::AutoRenew), of(A::AutoMigrate), separator(), m_deleteLock, m_tags,
             m_copySsh, m_openJupyter, m_openTerminal, m_copyAs->menuAction()};
}

/// Actions with an input have *Copy as* in their dialogs, where the input is.
void InstanceActions::buildCopyMenu()
{
    m_copyAs = new QMenu(m_parent);
    for (const InstanceAction action : kActions) {
        if (!InstanceRequest(action).isComplete())
            continue;
        QMenu *menu = m_copyAs->addMenu(QString());
        menu->menuAction()->setData(static_cast<int>(action));
        fillCopyAsMenu(menu, [this, action]() -> std::optional<RequestPreview> {
            return m_selection.isEmpty() ? std::nullopt : std::optional(m_context.commands.preview(m_selection.first(), action));
        });
    }
}

QList<QAction *> InstanceActions::overflow() const
{
    QList<QAction *> out = m_all.mid(m_all.indexOf(of(InstanceAction::Edit)));
    return out;
}

void InstanceActions::retranslate()
{
    m_create->setText(tr("New instance"));
    for (const InstanceAction action : kActions)
        of(action)->setText(actionwords::label(action));
    m_several->setText(tr("Create several…"));
    m_copySsh->setText(tr("Copy SSH command"));
    m_openJupyter->setText(tr("Open Jupyter"));
    m_openTerminal->setText(tr("Open terminal"));
    m_deleteLock->setText(tr("Delete lock"));
    m_tags->setText(tr("Tags…"));
    m_copyAs->setTitle(tr("Copy as"));
    for (QAction *entry : m_copyAs->actions())
        entry->setText(actionwords::plainLabel(static_cast<InstanceAction>(entry->data().toInt())));
    refresh();
}

void InstanceActions::setSelection(const QList<InstanceId> &ids)
{
    m_selection = ids;
    refresh();
}

void InstanceActions::refresh()
{
    for (const InstanceAction action : kActions) {
        if (isCloudAction(action))
            applyVerdict(of(action), action);
    }
    const bool one = m_selection.size() == 1;
    QAction *clone = of(InstanceAction::Clone);
    clone->setEnabled(one);
    clone->setToolTip(one ? tr("Create another one like it") : tr("Select one instance"));
    m_several->setEnabled(!m_context.session.isReadOnly());
    m_several->setToolTip(m_context.session.isReadOnly() ? tr("This profile is read-only") : one ? tr("Create several like it") : tr("Create several from a pattern or a table"));
    m_copyAs->menuAction()->setEnabled(one);
    m_copyAs->menuAction()->setToolTip(one ? tr("A request to the cloud for this instance, with the key as $NOVITA_API_KEY") : tr("Select one instance"));
    refreshConnectionActions();
    refreshLocalActions();
}

void InstanceActions::applyVerdict(QAction *qaction, InstanceAction action)
{
    QString reason = tr("Select an instance first");
    if (m_selection.size() > 1 && !InstanceCommands::isForSeveral(action)) {
        qaction->setEnabled(false);
        qaction->setToolTip(tr("For one instance at a time: what it asks for is that instance's own"));
        return;
    }
    for (qsizetype i = 0; i < m_selection.size(); ++i) {
        const ActionVerdict verdict = m_context.commands.verdict(m_selection.at(i), action);
        if (verdict.allowed || i >= kMostLookedAt) {
            qaction->setEnabled(true);
            qaction->setToolTip(qaction->text());
            return;
        }
        if (i == 0)
            reason = verdict.reason;
    }
    qaction->setEnabled(false);
    qaction->setToolTip(format::actionTip(reason));
}

const ConnectionInfo *InstanceActions::connection() const
{
    const Instance *instance = m_selection.size() == 1 ? m_context.stores.instances.find(m_selection.first()) : nullptr;
    // An address of an earlier run may belong to someone else by now.
    const bool reachable = instance && instance->status == InstanceStatus::Running && instance->connection;
    return reachable ? &*instance->connection : nullptr;
}

void InstanceActions::refreshConnectionActions()
{
    const ConnectionInfo *info = connection();
    const QString none = m_selection.size() == 1 ? tr("Connection data comes when it runs") : tr("Select one instance");
    const bool ssh = info && SshTarget::from(*info);
    for (QAction *action : {m_copySsh, m_openTerminal}) {
        action->setEnabled(ssh);
        action->setToolTip(ssh ? action->text() : info ? tr("The cloud gave no usable SSH address") : none);
    }
    const bool jupyter = info && webUrl(info->jupyterAddress);
    m_openJupyter->setEnabled(jupyter);
    m_openJupyter->setToolTip(jupyter ? m_openJupyter->text() : info ? tr("This instance has no Jupyter") : none);
}

void InstanceActions::refreshLocalActions()
{
    const bool any = !m_selection.isEmpty();
    m_deleteLock->setEnabled(any);
    m_deleteLock->setChecked(any && std::all_of(m_selection.cbegin(), m_selection.cend(), [this](const InstanceId &id) {
        return m_context.commands.isDeleteLocked(id);
    }));
    m_deleteLock->setToolTip(any ? tr("Refuse to delete it from this computer") : tr("Select an instance first"));
    m_tags->setEnabled(any);
    m_tags->setToolTip(any ? tr("Words of your own to find the selected instances by") : tr("Select an instance first"));
}

bool InstanceActions::isAllowed(const InstanceId &id, InstanceAction action) const
{
    return m_context.commands.verdict(id, action).allowed;
}

bool InstanceActions::openUrl(const QString &address)
{
    const std::optional<QUrl> url = webUrl(address);
    const bool opened = url && m_launcher.openUrl(*url);
    if (!opened)
        emit launchFailed(url ? tr("No web browser could be started.") : tr("This is no web address, so it was not opened."));
    return opened;
}

void InstanceActions::openPageOf(const InstanceId &id, const QString &address)
{
    if (openUrl(address))
        m_context.guards.idle.noteUse(id);
}

void InstanceActions::ask(InstanceAction action)
{
    const QList<BulkRow> plan = m_context.commands.planBulk(m_selection, action);
    if (std::none_of(plan.begin(), plan.end(), [](const BulkRow &row) { return row.state == BulkRow::State::Waiting; }))
        return;
    if (!InstanceRequest(action).isComplete()) {
        openForm(action, plan);
        return;
    }
    const std::optional<ConfirmRequest> request = confirmRequest(action, plan, m_context);
    if (!request) {
        perform(action, plan);
        return;
    }
    // The answer is about what was named: the plan stands as it was then.
    m_context.prompts.confirm(m_parent, *request, [self = QPointer(this), action, plan](bool yes) {
        if (yes && self)
            self->perform(action, plan);
    });
}

void InstanceActions::openForm(InstanceAction action, const QList<BulkRow> &plan)
{
    auto *dialog = new ActionDialog(action, plan, m_context, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ActionDialog::severalAccepted, this,
            [this](const QList<BulkRow> &accepted, const InstanceRequest &request) { perform(request, accepted); });
    dialog->open();
}

void InstanceActions::perform(const InstanceRequest &request, const QList<BulkRow> &plan)
{
    if (plan.size() > 1)
        emit bulkStarted(m_context.commands.runPlan(plan, request));
    else
        performOne(request, plan.first().id);
}

void InstanceActions::performOne(const InstanceRequest &request, const InstanceId &id)
{
    const Instance *instance = m_context.stores.instances.find(id);
    // Its name now: when it fails the instance may be gone.
    const QString name = instance ? instance->displayName() : displayLine(id.toString());
    m_context.commands.run(id, request)->onFinished(this, [this, id, name, request](const Result<Done> &result) {
        if (!result.ok() && !result.error().isCanceled())
            emit actionFailed({id, name, request, result.error()});
    });
}

} // namespace novita
