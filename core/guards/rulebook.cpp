// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/rulebook.h"

#include "core/base/logging.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace novita {

RuleBook::RuleBook(RuleLog &log, const QString &kind, const Clock &clock, QObject *parent)
    : QObject(parent), m_log(log), m_kind(kind), m_clock(clock)
{
    m_again.setSingleShot(true);
    m_again.setInterval(kReadAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &RuleBook::read);
}

void RuleBook::setProfile(const ProfileId &profile)
{
    std::map<QString, Entry> old = std::exchange(m_entries, {});
    m_bySubject.clear();
    for (auto &[id, entry] : old)
        settle(entry.waiting, Error::make(ErrorKind::Canceled, {}));
    m_profile = profile;
    m_loaded = false;
    m_failureTold = false;
    m_again.stop();
    m_reading.reset();
    if (profile.isEmpty()) {
        m_loaded = true;
        emit loaded();
        return;
    }
    read();
}

void RuleBook::read()
{
    m_reading.reset(m_log.read(m_profile, m_kind))->onFinished(this, [this](const Result<QList<RuleRecord>> &read) { onRead(read); });
}

void RuleBook::onRead(const Result<QList<RuleRecord>> &read)
{
    if (!read) {
        m_loaded = false;
        m_again.start();
        if (std::exchange(m_failureTold, true))
            return;
        qCWarning(lcWorkflow).noquote() << "The rules could not be read:" << m_kind << read.error().toLogString();
        emit readFailed(read.error());
        return;
    }
    for (const RuleRecord &record : *read) {
        Entry &entry = m_entries[record.id.toString()];
        // A change of this run that is on its way is newer.
        if (entry.writing || entry.removing)
            continue;
        if (entry.order == 0)
            entry.order = ++m_nextOrder;
        entry.record = entry.stored = record;
    }
    m_bySubject.clear();
    m_loaded = true;
    emit loaded();
}

RuleBook::Entry *RuleBook::entryOf(const RuleId &id)
{
    const auto found = m_entries.find(id.toString());
    return found == m_entries.end() || found->second.removing ? nullptr : &found->second;
}

QList<RuleRecord> RuleBook::rules() const
{
    std::vector<const Entry *> entries;
    for (const auto &[id, entry] : m_entries) {
        if (!entry.removing)
            entries.push_back(&entry);
    }
    std::sort(entries.begin(), entries.end(), [](const Entry *a, const Entry *b) { return a->order < b->order; });
    QList<RuleRecord> out;
    for (const Entry *entry : entries)
        out.append(entry->record);
    return out;
}

const RuleRecord *RuleBook::find(const RuleId &id) const
{
    const auto found = m_entries.find(id.toString());
    return found == m_entries.end() || found->second.removing ? nullptr : &found->second.record;
}

const RuleRecord *RuleBook::findFor(const QString &subject) const
{
    // Asked for each of thousands of rows at each poll.
    if (m_bySubject.isEmpty()) {
        for (const auto &[id, entry] : m_entries) {
            if (!entry.removing && !m_bySubject.contains(entry.record.subject))
                m_bySubject.insert(entry.record.subject, &entry.record);
        }
    }
    return m_bySubject.value(subject);
}

bool RuleBook::stillAsksFor(const RuleId &id, const QJsonObject &body) const
{
    const RuleRecord *record = find(id);
    return record && record->enabled && record->body == body;
}

Call<RuleId> *RuleBook::add(const QString &subject, const QJsonObject &body, const QJsonObject &state)
{
    if (m_profile.isEmpty())
        return Call<RuleId>::settledWith(Error::make(ErrorKind::Validation, tr("A rule needs a profile in use.")), this);
    if (!m_loaded)
        return Call<RuleId>::settledWith(Error::make(ErrorKind::Storage, tr("The rules there are have not been read from the history file.")), this);
    if (m_entries.size() >= RuleLog::kMostRules)
        return Call<RuleId>::settledWith(Error::make(ErrorKind::Validation, tr("There are too many rules already.")), this);
    Entry entry;
    entry.order = ++m_nextOrder;
    entry.record.id = RuleLog::newId();
    entry.record.profile = m_profile;
    entry.record.kind = m_kind;
    entry.record.subject = subject;
    entry.record.body = body;
    entry.record.state = state;
    entry.record.createdAt = entry.record.updatedAt = m_clock.now();
    const RuleId id = entry.record.id;
    m_entries.emplace(id.toString(), std::move(entry));
    m_bySubject.clear();
    auto *call = Call<RuleId>::create(this);
    write(id)->onFinished(call, [this, id, call](const Result<Done> &written) {
        if (!written) {
            m_entries.erase(id.toString());
            m_bySubject.clear();
            emit changed(id);
        }
        call->resolve(written ? Result<RuleId>(id) : Result<RuleId>(written.error()));
    });
    emit changed(id);
    return call;
}

Call<Done> *RuleBook::change(const RuleId &id, const QJsonObject &body, const QJsonObject &state, bool enabled)
{
    Entry *entry = entryOf(id);
    if (!entry)
        return Call<Done>::settledWith(Error::make(ErrorKind::NotFound, tr("The rule is not there any more.")), this);
    entry->record.body = body;
    entry->record.state = state;
    entry->record.enabled = enabled;
    return write(id);
}

Call<Done> *RuleBook::advance(const RuleId &id, const QJsonObject &state)
{
    const RuleRecord *record = find(id);
    return change(id, record ? record->body : QJsonObject(), state, record && record->enabled);
}

Call<Done> *RuleBook::setEnabled(const RuleId &id, bool enabled)
{
    const RuleRecord *record = find(id);
    return change(id, record ? record->body : QJsonObject(), record ? record->state : QJsonObject(), enabled);
}

Call<Done> *RuleBook::remove(const RuleId &id)
{
    Entry *entry = entryOf(id);
    if (!entry)
        return Call<Done>::settledWith(Done{}, this);
    entry->removing = true;
    m_bySubject.clear();
    settle(std::exchange(entry->waiting, {}), Error::make(ErrorKind::NotFound, tr("The rule is not there any more.")));
    auto *call = Call<Done>::create(this);
    const QPointer<Call<Done>> out(call);
    m_log.remove(id)->onFinished(this, [this, id, out](const Result<Done> &removed) {
        onRemoved(id, removed);
        if (out)
            out->resolve(removed);
    });
    emit changed(id);
    return call;
}

void RuleBook::onRemoved(const RuleId &id, const Result<Done> &removed)
{
    const auto found = m_entries.find(id.toString());
    if (found == m_entries.end() || !found->second.removing)
        return; // another profile
    if (removed) {
        m_entries.erase(found);
        return;
    }
    qCWarning(lcWorkflow).noquote() << "A rule could not be removed:" << m_kind << id.toString() << removed.error().toLogString();
    found->second.removing = false;
    m_bySubject.clear();
    if (found->second.stored.version > 0)
        found->second.record = found->second.stored;
    emit changed(id);
}

Call<Done> *RuleBook::write(const RuleId &id)
{
    auto *call = Call<Done>::create(this);
    Entry &entry = m_entries.at(id.toString());
    entry.record.updatedAt = m_clock.now();
    if (entry.writing)
        entry.waiting.emplace_back(call);
    else
        startWrite(id, {QPointer<Call<Done>>(call)});
    emit changed(id);
    return call;
}

void RuleBook::startWrite(const RuleId &id, std::deque<QPointer<Call<Done>>> listeners)
{
    Entry &entry = m_entries.at(id.toString());
    entry.writing = true;
    m_log.save(entry.record)->onFinished(this, [this, id, sent = entry.record, listeners = std::move(listeners)](const Result<qint64> &saved) {
        const auto found = m_entries.find(id.toString());
        if (found == m_entries.end()) { // removed, or another profile
            settle(listeners, Error::make(ErrorKind::NotFound, tr("The rule is not there any more.")));
            return;
        }
        Entry &written = found->second;
        written.writing = false;
        if (saved) {
            written.stored = sent;
            written.record.version = written.stored.version = *saved;
        }
        if (written.removing) {
            settle(listeners, Error::make(ErrorKind::NotFound, tr("The rule is not there any more.")));
            return;
        }
        if (saved) {
            if (!written.waiting.empty())
                startWrite(id, std::exchange(written.waiting, {}));
            settle(listeners, Done{});
            return;
        }
        const std::deque<QPointer<Call<Done>>> waiting = std::exchange(written.waiting, {});
        if (saved.error().kind == ErrorKind::Conflict) {
            m_entries.erase(found);
            m_bySubject.clear();
            read();
        } else if (written.stored.version > 0) {
            written.record = written.stored;
            emit changed(id);
        }
        settle(listeners, saved.error());
        settle(waiting, saved.error());
    });
}

void RuleBook::warnUnreadable(const RuleId &id, const Error &why) const
{
    if (m_unreadable.contains(id.toString()))
        return;
    m_unreadable.insert(id.toString());
    qCWarning(lcWorkflow).noquote() << "A rule of the history file is ignored:" << m_kind << id.toString() << why.message;
}

void RuleBook::settle(const std::deque<QPointer<Call<Done>>> &listeners, const Result<Done> &result)
{
    for (const QPointer<Call<Done>> &call : listeners) {
        if (call)
            call->resolve(result);
    }
}

} // namespace novita
