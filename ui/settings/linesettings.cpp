// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/linesettings.h"

#include "ui/prompts.h"
#include "ui/settings/settingtexts.h"

#include <QHBoxLayout>
#include <QRegularExpression>

namespace novita {

namespace {

constexpr int kTextWidth = 360;
constexpr int kListWidth = 520;

} // namespace

TextSetting::TextSetting(Settings &settings, const Theme &theme, const SettingKey<QString> &key, TextCheck check, Prompts *prompts, QWidget *parent)
    : LineSetting(settings, theme, key, kTextWidth, parent)
    , m_check(std::move(check))
{
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    if (prompts) {
        m_choose = new QPushButton(this);
        m_choose->setAutoDefault(false);
        row->addWidget(m_choose);
        connect(m_choose, &QPushButton::clicked, this, [this, prompts] {
            prompts->openFile(window(), settingText(keyName()).label, tr("Certificates (*.pem *.crt);;All files (*)"), [this](const QString &path) {
                if (!path.isEmpty()) {
                    edit()->setText(path);
                    takeTyped();
                }
            });
        });
    }
    row->addWidget(applyButton());
    setField(edit(), buttons);
}

void TextSetting::setReadOnly(bool readOnly)
{
    LineSetting::setReadOnly(readOnly);
    if (m_choose)
        m_choose->setEnabled(!readOnly);
}

void TextSetting::retranslateField(const QString &label)
{
    LineSetting::retranslateField(label);
    if (m_choose) {
        m_choose->setText(tr("Choose…"));
        m_choose->setAccessibleName(tr("Choose %1").arg(label));
    }
}

ListSetting::ListSetting(Settings &settings, const Theme &theme, const SettingKey<QStringList> &key, QWidget *parent)
    : LineSetting(settings, theme, key, kListWidth, parent)
{
    setField(edit(), applyButton());
}

Result<QStringList> ListSetting::parse(const QString &text) const
{
    static const QRegularExpression separators(QStringLiteral("[\\s,;]+"));
    static const QRegularExpression word(QStringLiteral("^[A-Za-z0-9_-]{1,40}$"));
    QStringList out;
    for (const QString &part : text.split(separators, Qt::SkipEmptyParts)) {
        if (!word.match(part).hasMatch())
            return Error::make(ErrorKind::Validation, tr("“%1” is not the name of a region.").arg(part));
        if (!out.contains(part, Qt::CaseInsensitive))
            out.append(part);
    }
    if (out.isEmpty())
        return Error::make(ErrorKind::Validation, tr("At least one region is needed."));
    return out;
}

} // namespace novita
