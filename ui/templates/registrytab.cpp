// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/registrytab.h"

#include "core/base/displaytext.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/resourceuse.h"
#include "core/workflows/stores.h"
#include "ui/models/columntablemodel.h"
#include "ui/templates/registrydialog.h"
#include "ui/templates/resourcedetails.h"
#include "ui/widgets/listpane.h"
#include "ui/widgets/pageheader.h"

#include <QAction>

namespace novita {

namespace {

using Model = ColumnTableModel<RegistryAuth>;

QString shownName(const RegistryAuth &auth)
{
    return displayName(auth.name, auth.id.toString());
}

QString shownUser(const RegistryAuth &auth)
{
    return displayLine(auth.username);
}

Model *makeModel(RegistryAuthStore &store)
{
    return new Model(store,
                     {{{QStringLiteral("name"), false, false, 260, true, 0}, [] { return RegistryTab::tr("Name"); }, shownName, {}, {}},
                      {{QStringLiteral("user"), false, false, 220, true, 0}, [] { return RegistryTab::tr("User name"); }, shownUser, {}, {}},
                      {{QStringLiteral("password"), false, false, 120, true, 1}, [] { return RegistryTab::tr("Password"); },
                       [](const RegistryAuth &) { return QStringLiteral("••••••••"); }, {},
                       [](const RegistryAuth &, int role) { return role == Qt::AccessibleTextRole ? QVariant(RegistryTab::tr("not shown")) : QVariant(); }},
                      {{QStringLiteral("id"), false, false, 300, false, 2}, [] { return RegistryTab::tr("Id"); },
                       [](const RegistryAuth &auth) { return displayLine(auth.id.toString()); }, {}, {}}},
                     {{QStringLiteral("name"), [](const RegistryAuth &auth) { return auth.name; }},
                      {QStringLiteral("user"), [](const RegistryAuth &auth) { return auth.username; }},
                      {QStringLiteral("id"), [](const RegistryAuth &auth) { return auth.id.toString(); }}});
}

} // namespace

RegistryTab::RegistryTab(const UiContext &context, QWidget *parent)
    : RegistryTab(context, new ResourceDetails(context.theme), parent)
{
}

RegistryTab::RegistryTab(const UiContext &context, ResourceDetails *details, QWidget *parent)
    : ResourceTab(context, ResourceKind::RegistryAuth,
                  {makeModel(context.stores.registryAuths), context.stores.registryAuths, DataKind::RegistryAuths, keys::kRegistryColumns, details}, parent)
    , m_details(details)
{
    header()->addSecondary(deleteAction());
    header()->setPrimary(newAction());
    pane()->setMenuActions({newAction(), deleteAction()});
    connect(m_details, &ResourceDetails::closeRequested, this, [this] { pane()->openDetails(false); });
    retranslate();
}

void RegistryTab::updateActions()
{
    ResourceTab::updateActions();
    changeAction()->setVisible(false); // the API has no such call
}

void RegistryTab::openNew()
{
    open(new RegistryDialog(context(), this));
}

void RegistryTab::openChange(const QString &) {}

QString RegistryTab::nameOf(const QString &id) const
{
    const RegistryAuth *auth = context().stores.registryAuths.find(RegistryAuthId(id));
    return auth ? shownName(*auth) : displayLine(id);
}

ConfirmRequest RegistryTab::deleteQuestion(const QString &id) const
{
    ConfirmRequest request;
    request.title = tr("Delete the registry credentials “%1”?").arg(nameOf(id));
    request.text = tr("Images that need them can no longer be pulled with them. The password cannot be brought back from here.");
    request.confirmLabel = tr("Delete credentials");
    return request;
}

void RegistryTab::showDetails(const QString &id)
{
    const RegistryAuth *auth = context().stores.registryAuths.find(RegistryAuthId(id));
    if (!auth)
        return;
    m_details->setContent({shownName(*auth), displayLine(auth->name).isEmpty(), tr("User name"), tr("user name"), auth->username,
                           {{tr("Password"), tr("stored with your account, never shown here")},
                            {tr("Used by"), resourceUsers(context().stores, ResourceKind::RegistryAuth, id).mid(0, 20).join(QStringLiteral(", "))},
                            {tr("Id"), displayLine(id)}},
                           tr("Credentials cannot be changed. To use another password, add new ones and delete these.")});
}

void RegistryTab::retranslate()
{
    newAction()->setText(tr("Add credentials"));
    changeAction()->setText(tr("Edit…"));
    ResourceTab::retranslate();
}

ListWords RegistryTab::words() const
{
    ListWords words;
    words.tableName = tr("Registry credentials table");
    words.filterName = tr("Filter registry credentials");
    words.filterHint = tr("Filter, for example name:ghcr");
    words.filterHelp = tr("Words, or field:value with name, user or id");
    words.nothing = tr("No credentials are stored. Public images need none.");
    words.nothingAction = tr("Add credentials");
    words.noMatch = tr("No credentials match “%1”.");
    return words;
}

} // namespace novita
