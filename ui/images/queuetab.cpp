// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/queuetab.h"

#include "core/images/imageworkspace.h"
#include "core/settings/profilestore.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/images/queuepanel.h"
#include "ui/theme.h"
#include "ui/widgets/tableview.h"

#include <QVBoxLayout>

namespace novita {

QueueTab::QueueTab(const UiContext &context, QWidget *parent)
    : CountedTab(parent)
    , m_panel(new QueuePanel({context.theme, context.prompts, context.settings, context.images.queue(), context.clock,
                              [&endpoints = context.images.endpoints()](const QString &id) {
                                  const EndpointSpec *spec = endpoints.find(id);
                                  return spec ? spec->title : id;
                              },
                              spendGateOf(context)},
                             this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->addWidget(m_panel);
    connect(m_panel, &QueuePanel::countChanged, this, &CountedTab::countChanged);
    connect(m_panel, &QueuePanel::recipeRequested, this, &QueueTab::recipeRequested);
    connect(m_panel, &QueuePanel::sheetRequested, this, &QueueTab::sheetRequested);
    const auto followSession = [this, &session = context.session] { m_panel->setReadOnly(session.isReadOnly()); };
    // The flag of the profile in use can change without another profile.
    connect(&context.profiles, &ProfileStore::activeChanged, this, followSession);
    connect(&context.profiles, &ProfileStore::profilesChanged, this, followSession);
    followSession();
}

QString QueueTab::countText() const
{
    return m_panel->countText();
}

QList<QAction *> QueueTab::pageActions() const
{
    return m_panel->actions();
}

void QueueTab::focusContent()
{
    m_panel->table()->setFocus();
}

QJsonObject QueueTab::saveState() const
{
    return m_panel->saveState();
}

void QueueTab::restoreState(const QJsonObject &state)
{
    m_panel->restoreState(state);
}

void QueueTab::retranslate() {}

} // namespace novita
