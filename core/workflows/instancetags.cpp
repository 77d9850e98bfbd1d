// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/instancetags.h"

#include "core/base/logging.h"
#include "core/workflows/stores.h"

#include <utility>

namespace novita {

InstanceTags::InstanceTags(TagLog &log, const Stores &stores, QObject *parent)
    : QObject(parent), m_log(log), m_stores(stores), m_gone(stores)
{
    m_again.setSingleShot(true);
    m_again.setInterval(kReadAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &InstanceTags::read);
    connect(&stores.instances, &EntityStoreBase::freshnessChanged, this, &InstanceTags::forgetGone);
}

void InstanceTags::setProfile(const ProfileId &profile)
{
    m_again.stop();
    m_reading.reset();
    m_forgetting.reset();
    m_failureLogged = false;
    m_profile = profile;
    TagTable none = m_tags;
    for (QStringList &tags : none)
        tags.clear();
    adopt(none);
    if (!profile.isEmpty())
        read();
}

void InstanceTags::read()
{
    m_reading.reset(m_log.read(m_profile))->onFinished(this, [this](const Result<TagTable> &read) {
        if (read) {
            adopt(*read);
            return;
        }
        m_again.start();
        if (!std::exchange(m_failureLogged, true))
            qCWarning(lcWorkflow).noquote() << "The tags of the instances could not be read:" << read.error().toLogString();
    });
}

void InstanceTags::adopt(const TagTable &known)
{
    QStringList moved;
    for (auto it = known.begin(); it != known.end(); ++it) {
        if (m_tags.value(it.key()) == it.value())
            continue;
        moved.append(it.key().toString());
        if (it.value().isEmpty())
            m_tags.remove(it.key());
        else
            m_tags.insert(it.key(), it.value());
    }
    if (!moved.isEmpty())
        emit changed(moved);
}

QStringList InstanceTags::all() const
{
    QStringList tags;
    for (auto it = m_tags.begin(); it != m_tags.end(); ++it) {
        if (m_stores.instances.find(it.key()))
            tags.append(it.value());
    }
    return taglist::sorted(tags);
}

Call<Done> *InstanceTags::change(const QList<InstanceId> &ids, const TagEdit &edit)
{
    if (m_profile.isEmpty())
        return Call<Done>::settledWith(Error::make(ErrorKind::Validation, tr("Tags need a profile in use.")), this);
    auto *call = Call<Done>::create(this);
    const QPointer<Call<Done>> out(call);
    m_log.change(m_profile, ids, edit)->onFinished(this, [this, out, profile = m_profile](const Result<TagTable> &written) {
        if (written && profile == m_profile)
            adopt(*written);
        if (out)
            out->resolve(written ? Result<Done>(Done{}) : Result<Done>(written.error()));
    });
    return call;
}

void InstanceTags::forgetGone()
{
    if (m_forgetting.isBusy())
        return;
    QList<InstanceId> ids;
    TagTable none;
    for (auto it = m_tags.begin(); it != m_tags.end(); ++it) {
        if (m_gone.contains(it.key())) {
            ids.append(it.key());
            none.insert(it.key(), {});
        }
    }
    if (ids.isEmpty())
        return;
    m_forgetting.reset(m_log.forget(m_profile, ids))->onFinished(this, [this, none](const Result<Done> &forgotten) {
        if (forgotten) // else the next list tries again
            adopt(none);
    });
}

} // namespace novita
