// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/resourcedrafts.h"
#include "core/cloud/types/templatedraft.h"
#include "core/workflows/actionrules.h"
#include "core/workflows/resourcekind.h"

#include <QList>
#include <QObject>

#include <memory>

namespace novita {

class ApiClient;
class ProfileStore;
class Refresher;
class ResourceCommand;
struct ResourceOrder;
struct Stores;

/// Creates, changes and deletes templates, registry credentials, network volumes, VPC networks and prewarm tasks, and reads
/// back what became of it. Most creations answer without a usable id: they are recognised by name in the list, which is
/// therefore read before and after.
///
/// A Validation error with a sentence is what verdicts and rules refuse. The same wish asked for again while it is under way
/// joins it. Canceling a call stops the listening only. Nothing here outlives a change of account.
class ResourceCommands final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResourceCommands)

public:
    ResourceCommands(ApiClient &client, Stores &stores, Refresher &refresher, const ProfileStore &profiles, const Clock &clock,
                     QObject *parent = nullptr);
    ~ResourceCommands() override;

    ActionVerdict canCreate(ResourceKind kind) const;
    ActionVerdict canChange(ResourceKind kind, const QString &id) const;
    /// No while something is known to use it: the reason names who.
    ActionVerdict canDelete(ResourceKind kind, const QString &id) const;

    // What is wrong with a draft, given what is known of the account.
    QList<DraftProblem> problems(const TemplateDraft &draft) const;
    QList<DraftProblem> problems(const RegistryAuthDraft &draft) const;
    QList<DraftProblem> problems(const StorageDraft &draft) const;
    QList<DraftProblem> problems(const NetworkDraft &draft) const;

    // A draft with an id is a change, one without a creation.
    Call<ResourceOutcome> *save(const TemplateDraft &draft);
    Call<ResourceOutcome> *save(const RegistryAuthDraft &draft);
    Call<ResourceOutcome> *save(const StorageDraft &draft);
    Call<ResourceOutcome> *save(const NetworkDraft &draft);
    Call<ResourceOutcome> *save(const PrewarmDraft &draft);
    Call<ResourceOutcome> *setNote(const PrewarmId &id, const QString &note);
    Call<ResourceOutcome> *remove(ResourceKind kind, const QString &id);

    /// Waits between the looks for an effect that does not show, at first 1 to 4 s.
    void setLookWaits(const QList<Milliseconds> &waits);

signals:
    /// Something began or ended: verdicts may differ.
    void pendingChanged();

private:
    Call<ResourceOutcome> *run(ResourceOrder order, const QString &wish);
    Call<ResourceOutcome> *refuse(const QString &sentence);
    Call<ResourceOutcome> *refuse(const ActionVerdict &verdict, const QList<DraftProblem> &problems);
    bool isBusy(ResourceKind kind, const QString &id) const;
    Call<Done> *lookAtTemplate(const QString &id, const QString &name);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
