// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"

#include "core/base/logging.h"
#include "core/settings/settingcodec.h"
#include "core/settings/settingsfile.h"
#include "core/settings/settingskeys.h"

#include <QHash>
#include <QTimer>

namespace novita {

namespace {

const QLatin1String kMachine("machine");
const QLatin1String kUser("user");
const QLatin1String kProfile("profile");
const QLatin1String kProfiles("profiles");

// Long enough that dragging a column is one write, short enough that a crash loses nothing anyone would miss.
constexpr std::chrono::milliseconds kWriteDelay{200};

} // namespace

class Settings::Private
{
public:
    template<typename T>
    struct Effective
    {
        T value;
        SettingOrigin origin = SettingOrigin::Default;
        QList<SettingProblem> problems;
    };

    Private(const QString &directory, const QProcessEnvironment &env) : file(directory), environment(env) {}

    QJsonObject section(SettingScope scope) const
    {
        switch (scope) {
        case SettingScope::Machine: return document.value(kMachine).toObject();
        case SettingScope::User: return document.value(kUser).toObject();
        case SettingScope::Profile: break;
        }
        return lifetime == Lifetime::ThisRun ? thisRun.value(profile).toObject()
                                             : document.value(kProfile).toObject().value(profile).toObject();
    }

    void setSection(SettingScope scope, const QJsonObject &section)
    {
        if (scope == SettingScope::Profile && lifetime == Lifetime::ThisRun) {
            thisRun.insert(profile, section);
            return;
        }
        if (scope == SettingScope::Profile) {
            QJsonObject all = document.value(kProfile).toObject();
            all.insert(profile, section);
            document.insert(kProfile, all);
        } else {
            document.insert(scope == SettingScope::Machine ? kMachine : kUser, section);
        }
        touch();
    }

    template<typename T>
    Effective<T> effective(const SettingKey<T> &key) const
    {
        Effective<T> result{key.fallback, SettingOrigin::Default, {}};
        const QJsonValue json = section(key.scope).value(key.name);
        if (!json.isUndefined()) {
            if (const std::optional<T> stored = settingcodec::fromJson(key, json)) {
                result.value = *stored;
                result.origin = SettingOrigin::Stored;
            } else {
                result.problems.append(problem(key, QString(key.name), json.toVariant().toString(), key.fallback));
            }
        }
        const QString text = key.environment.isEmpty() ? QString() : environment.value(key.environment);
        if (text.isEmpty())
            return result;
        if (const std::optional<T> given = settingcodec::fromEnvironment(key, text)) {
            result.value = *given;
            result.origin = SettingOrigin::Environment;
        } else {
            // Whoever set the variable did not mean the stored value either: the default is the predictable answer.
            result.value = key.fallback;
            result.origin = SettingOrigin::Default;
            result.problems.append(problem(key, QString(key.environment), text, key.fallback));
        }
        return result;
    }

    template<typename T>
    static SettingProblem problem(const SettingKey<T> &key, const QString &name, const QString &text, const T &used)
    {
        QString allowed = settingcodec::allowed(key);
        if (name == key.environment && key.environmentForm == EnvironmentForm::SecondsOrMilliseconds)
            allowed = tr("a number of seconds up to 300 or of milliseconds from 1000 to 300000");
        const QString usedText = settingcodec::shown(used);
        return {name, tr("%1=%2 is not %3; %4 is used.")
                          .arg(name, settingcodec::shown(text), allowed, usedText.isEmpty() ? tr("the default") : usedText)};
    }

    QHash<QString, QJsonValue> profileValues() const
    {
        QHash<QString, QJsonValue> values;
        keys::forEach([&](const auto &key) {
            if (key.scope == SettingScope::Profile)
                values.insert(key.name, settingcodec::toJson(effective(key).value));
        });
        return values;
    }

    void touch()
    {
        dirty = true;
        if (!timer.isActive())
            timer.start(kWriteDelay);
    }

    SettingsFile file;
    QProcessEnvironment environment;
    QJsonObject document;
    QJsonObject thisRun; ///< Profile sections that are not written
    QString profile;
    Lifetime lifetime = Lifetime::Persistent;
    QString fileProblem;
    bool writable = true;
    bool dirty = false;
    QTimer timer;
};

Settings::Settings(const QString &directory, const QProcessEnvironment &environment, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(directory, environment))
{
    SettingsFile::Loaded loaded = d->file.load();
    d->document = std::move(loaded.document);
    d->fileProblem = loaded.problem;
    d->writable = loaded.writable;
    migrateSettings(d->document, settingsMigrations());

    d->timer.setSingleShot(true);
    connect(&d->timer, &QTimer::timeout, this, [this] {
        const Result<Done> result = flush();
        if (!result)
            qCWarning(lcSettings).noquote() << result.error().toLogString();
    });
}

Settings::~Settings()
{
    const Result<Done> result = flush();
    if (!result)
        qCWarning(lcSettings).noquote() << result.error().toLogString();
}

template<typename T>
T Settings::value(const SettingKey<T> &key) const
{
    return d->effective(key).value;
}

template<typename T>
SettingOrigin Settings::origin(const SettingKey<T> &key) const
{
    return d->effective(key).origin;
}

template<typename T>
Result<Done> Settings::setValue(const SettingKey<T> &key, const T &value)
{
    if (!settingcodec::accepts(key, value)) {
        return Error::make(ErrorKind::Validation,
                           tr("%1 is not %2.").arg(settingcodec::shown(value), settingcodec::allowed(key)), key.name);
    }
    QJsonObject section = d->section(key.scope);
    const QJsonValue json = settingcodec::toJson(value);
    if (section.value(key.name) == json)
        return Done{};
    const T before = this->value(key);
    section.insert(key.name, json);
    d->setSection(key.scope, section);
    if (this->value(key) != before)
        emit changed(key.name);
    return Done{};
}

template<typename T>
void Settings::reset(const SettingKey<T> &key)
{
    QJsonObject section = d->section(key.scope);
    if (!section.contains(key.name))
        return;
    const T before = value(key);
    section.remove(key.name);
    d->setSection(key.scope, section);
    if (value(key) != before)
        emit changed(key.name);
}

void Settings::setActiveProfile(const QString &profileId, Lifetime lifetime)
{
    if (profileId == d->profile && lifetime == d->lifetime)
        return;
    const QHash<QString, QJsonValue> before = d->profileValues();
    d->profile = profileId;
    d->lifetime = lifetime;
    const QHash<QString, QJsonValue> after = d->profileValues();
    for (auto it = after.begin(); it != after.end(); ++it) {
        if (before.value(it.key()) != it.value())
            emit changed(it.key());
    }
}

QList<SettingProblem> Settings::problems() const
{
    QList<SettingProblem> all;
    if (!d->fileProblem.isEmpty())
        all.append({QString(), d->fileProblem});
    keys::forEach([&](const auto &key) { all.append(d->effective(key).problems); });
    return all;
}

Result<Done> Settings::flush()
{
    d->timer.stop();
    if (!d->dirty)
        return Done{};
    if (!d->writable)
        return Error::make(ErrorKind::Storage, d->fileProblem);
    Result<Done> result = d->file.save(d->document);
    if (result)
        d->dirty = false;
    else
        emit writeFailed(result.error().message);
    return result;
}

QString Settings::filePath() const { return d->file.path(); }

QJsonObject Settings::profilesDocument() const { return d->document.value(kProfiles).toObject(); }

void Settings::setProfilesDocument(const QJsonObject &document)
{
    d->document.insert(kProfiles, document);
    d->touch();
}

void Settings::forgetProfile(const QString &profileId)
{
    QJsonObject all = d->document.value(kProfile).toObject();
    all.remove(profileId);
    d->document.insert(kProfile, all);
    d->touch();
}

#define NOVITA_SETTINGS_FOR(T)                                                                                          \
    template T Settings::value(const SettingKey<T> &) const;                                                            \
    template SettingOrigin Settings::origin(const SettingKey<T> &) const;                                               \
    template Result<Done> Settings::setValue(const SettingKey<T> &, const T &);                                         \
    template void Settings::reset(const SettingKey<T> &);
NOVITA_SETTINGS_FOR(bool)
NOVITA_SETTINGS_FOR(int)
NOVITA_SETTINGS_FOR(QString)
NOVITA_SETTINGS_FOR(QStringList)
#undef NOVITA_SETTINGS_FOR

} // namespace novita
