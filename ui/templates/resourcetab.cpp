// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/resourcetab.h"

#include "core/settings/profilestore.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/formdialog.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QPointer>

#include <utility>

namespace novita {

ResourceTab::ResourceTab(const UiContext &context, ResourceKind kind, const Parts &parts, QWidget *parent)
    : BrowsePage(context, parts, parent)
    , m_kind(kind)
    , m_banner(new ErrorBanner(context.theme, this))
    , m_new(makeAction("list-add"))
    , m_change(makeAction("document-edit"))
    , m_delete(makeAction("edit-delete"))
{
    m_banner->setDismissible(true);
    addBelowHeader(m_banner);
    m_delete->setShortcut(QKeySequence::Delete);
    m_delete->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    pane()->table()->addAction(m_delete);
    pane()->setMenuActions({m_new, m_change, m_delete});
    connectSignals();
}

QAction *ResourceTab::makeAction(const char *iconName)
{
    auto *action = new QAction(this);
    const auto applyIcon = [this, action, name = QString(QLatin1String(iconName))] { action->setIcon(context().theme.icon(name)); };
    applyIcon();
    connect(&context().theme, &Theme::changed, action, applyIcon);
    return action;
}

void ResourceTab::connectSignals()
{
    // Regions are shown by the names of the clusters.
    context().stores.clusters.followRows(this, &ResourceTab::retranslate);
    connect(m_new, &QAction::triggered, this, [this] { openNew(); });
    connect(m_change, &QAction::triggered, this, [this] {
        if (const QString id = pane()->currentId(); !id.isEmpty())
            openChange(id);
    });
    connect(m_delete, &QAction::triggered, this, &ResourceTab::askToDelete);
    connect(pane(), &ListPane::nothingActionRequested, this, [this] {
        if (m_new->isEnabled())
            openNew();
        else
            m_banner->showMessage(StateTone::Warn, m_new->toolTip());
    });
    connect(pane(), &ListPane::currentChanged, this, [this](const QString &id) {
        showDetails(id);
        updateActions();
    });
    connect(m_banner, &ErrorBanner::remedyRequested, this, &ResourceTab::applyRemedy);
    connect(&context().resources, &ResourceCommands::pendingChanged, this, [this] { updateActions(); });
    connect(&context().profiles, &ProfileStore::activeChanged, this, [this] { updateActions(); });
    connect(&context().session, &SessionController::connectionChanged, this, [this] { updateActions(); });
    connect(&context().stores.instances, &EntityStoreBase::wasReset, this, [this] {
        m_failedId.clear();
        m_banner->clear();
    });
}

QList<QAction *> ResourceTab::pageActions() const
{
    return {m_new, m_change, m_delete, pane()->exportAction()};
}

void ResourceTab::activate()
{
    BrowsePage::activate();
    updateActions();
}

/// Who uses what changes with every read of the instances: looked at while somebody can see it.
void ResourceTab::tick()
{
    BrowsePage::tick();
    if (isVisible())
        updateActions();
}

void ResourceTab::apply(QAction *action, const ActionVerdict &verdict, const QString &toolTip) const
{
    action->setEnabled(verdict.allowed);
    action->setToolTip(verdict.allowed ? toolTip : format::actionTip(verdict.reason));
}

void ResourceTab::updateActions()
{
    const QString id = pane()->currentId();
    const ActionVerdict none{false, tr("Select a row first")};
    apply(m_new, context().resources.canCreate(m_kind), m_new->text());
    apply(m_change, id.isEmpty() ? none : context().resources.canChange(m_kind, id), m_change->text());
    apply(m_delete, id.isEmpty() ? none : context().resources.canDelete(m_kind, id), m_delete->text());
}

void ResourceTab::open(FormDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FormDialog::succeeded, this, [this](const ResourceOutcome &outcome) {
        m_failedId.clear();
        if (outcome.message.isEmpty())
            m_banner->clear();
        else
            m_banner->showMessage(outcome.confirmed ? StateTone::Wait : StateTone::Warn, outcome.message);
        if (!outcome.id.isEmpty())
            showRow(outcome.id);
    });
    dialog->open();
}

void ResourceTab::askToDelete()
{
    const QString id = pane()->currentId();
    if (id.isEmpty() || !context().resources.canDelete(m_kind, id).allowed)
        return;
    ConfirmRequest request = deleteQuestion(id);
    const std::optional<Profile> profile = context().profiles.active();
    if (profile && profile->production)
        request.typeToConfirm = tr("delete");
    context().prompts.confirm(this, request, [self = QPointer(this), id](bool yes) {
        if (yes && self)
            self->remove(id);
    });
}

void ResourceTab::remove(const QString &id)
{
    m_banner->clear();
    m_failedId = id;
    context().resources.remove(m_kind, id)->onFinished(this, [this, name = nameOf(id)](const Result<ResourceOutcome> &result) { onRemoved(result, name); });
}

void ResourceTab::onRemoved(const Result<ResourceOutcome> &result, const QString &name)
{
    if (result) {
        m_failedId.clear();
        if (!result->message.isEmpty())
            m_banner->showMessage(result->confirmed ? StateTone::Wait : StateTone::Warn, result->message);
        return;
    }
    if (!result.error().isCanceled())
        m_banner->setError(result.error(), resourceCouldNot(m_kind, ResourceVerb::Delete, name));
}

void ResourceTab::applyRemedy(ErrorRemedy remedy)
{
    const QString failed = std::exchange(m_failedId, QString());
    m_banner->clear();
    const bool again = remedy == ErrorRemedy::Retry && !failed.isEmpty() && context().resources.canDelete(m_kind, failed).allowed;
    BrowsePage::applyRemedy(remedy);
    if (again)
        pane()->setCurrentId(failed); // asked anew by whoever wants it: what is lost has not changed
}

void ResourceTab::retranslate()
{
    m_delete->setText(tr("Delete"));
    BrowsePage::retranslate();
    showDetails(pane()->currentId());
    updateActions();
}

} // namespace novita
