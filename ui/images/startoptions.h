// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/requestbody.h"

#include <QPushButton>

class QMenu;

namespace novita {

class Settings;
class Theme;

/// What is asked for beside the picture's own values: the type of the file and the check for nudity, where the endpoint
/// has them. Begins with the settings and may be another for the next starts; a changed setting counts again.
class StartOptions final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartOptions)

public:
    StartOptions(const Theme &theme, Settings &settings, QWidget *parent = nullptr);

    /// Hidden when the endpoint has none of it. The spec is copied.
    void setEndpoint(const EndpointSpec &spec);
    /// Fills in what was chosen, as far as the endpoint has it.
    void apply(RequestOptions &options) const;

signals:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void followSettings();
    void fillMenu();
    void retranslate();

    Settings &m_settings;
    QMenu *m_menu;
    OutputSpec m_output;
    NsfwSpec m_nsfw;
    QString m_type;
    bool m_check = false;
};

} // namespace novita
