// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/draftpresets.h"

#include "core/base/redact.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace novita {

namespace {

QJsonObject read(const Settings &settings)
{
    return QJsonDocument::fromJson(settings.value(keys::kCreatePresets).toUtf8()).object();
}

Result<Done> write(Settings &settings, const QJsonObject &presets)
{
    return settings.setValue(keys::kCreatePresets, QString::fromUtf8(QJsonDocument(presets).toJson(QJsonDocument::Compact)));
}

bool isSecret(const EnvVar &env)
{
    return isSecretName(env.key) || redact(env.value) != env.value;
}

} // namespace

QStringList DraftPresets::names() const
{
    return read(m_settings).keys();
}

InstanceDraft DraftPresets::load(const QString &name) const
{
    return InstanceDraft::fromJson(read(m_settings).value(name).toObject());
}

Result<QStringList> DraftPresets::save(const QString &name, const InstanceDraft &draft)
{
    QJsonObject presets = read(m_settings);
    if (name.isEmpty())
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("DraftPresets", "A preset needs a name."));
    if (presets.size() >= kMost && !presets.contains(name))
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("DraftPresets", "There are %1 presets already; delete one first.").arg(kMost));
    InstanceDraft kept = draft;
    QStringList left;
    for (EnvVar &env : kept.envs) {
        if (env.value.isEmpty() || !isSecret(env))
            continue;
        env.value.clear();
        left.append(env.key);
    }
    for (const auto &[field, word] : {std::pair(&InstanceDraft::command, "command"), std::pair(&InstanceDraft::entrypoint, "entrypoint")}) {
        if (redact(kept.*field) == kept.*field)
            continue;
        (kept.*field).clear();
        left.append(QLatin1String(word));
    }
    presets.insert(name, kept.toJson());
    if (const Result<Done> written = write(m_settings, presets); !written)
        return written.error();
    return left;
}

Result<Done> DraftPresets::remove(const QString &name)
{
    QJsonObject presets = read(m_settings);
    presets.remove(name);
    return write(m_settings, presets);
}

} // namespace novita
