// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/database/rulelog.h"
#include "core/webhooks/targetpolicy.h"
#include "core/webhooks/webhookevent.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace novita {

/// An event of an instance on its way out, with what rules ask about beside the event itself.
struct OutgoingEvent
{
    InstanceEvent event;
    QString instanceName;
    QStringList tags;   ///< the person's own for this instance
    ProfileId profile;  ///< whose instance it is
};

/// "When these things happen to these instances, post them there." A value.
struct WebhookRule
{
    static constexpr int kMostInstances = 200;      ///< ids and patterns
    static constexpr qsizetype kMaxUrlBytes = 2048;
    static constexpr qsizetype kMaxTextLength = 200; ///< name, pattern, tag

    RuleId id;
    QString name;
    bool enabled = true;
    QUrl target;
    QStringList kinds;     ///< webhookevent::kindName(); none matches nothing
    QStringList instances; ///< ids, or names with * and ?, without regard to case; none means every instance
    QStringList tags;      ///< one of them must be there, without regard to case; none asks for none
    ProfileId profile;     ///< only its instances; empty means those of every profile
    int tries = 0;         ///< 3 or 5; 0 means as the event wants it
    bool isSigned = false; ///< its secret lies in the keychain, or comes from the environment
    QString stopped;       ///< why the program itself has switched it off; goes when it is switched on
    bool fromEnvironment = false; ///< of this run only, stored nowhere
    qint64 version = 0;           ///< of its record

    bool operator==(const WebhookRule &) const = default;

    bool matches(const OutgoingEvent &event) const;
    /// ErrorKind::Validation with the first thing that is wrong: no name, a target that nothing may be sent to, no kind of event, …
    std::optional<Error> problem(const TargetPolicy &policy) const;

    /// The target as the log may keep it: of one from the environment, whose path may be as good as a password, the origin alone.
    QString loggedTarget() const;
    /// Where its secret is kept: "webhooks/rule/<id>".
    QString secretName() const;
    /// Everything but id, enabled and version, which the record has fields for.
    QJsonObject body() const;
    QJsonObject state() const;
    static WebhookRule fromRecord(const RuleRecord &record);
};

} // namespace novita
