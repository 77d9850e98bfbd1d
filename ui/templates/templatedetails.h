// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/resources.h"

#include <QFrame>

#include <optional>

class QCheckBox;
class QLabel;
class QPlainTextEdit;

namespace novita {

class CopyField;
class DetailsHead;
class FactList;
class Theme;

/// Everything in one template. Its words come from strangers: plain text only, nothing is fetched,
/// no link can be followed. Values of variables are masked until asked for.
class TemplateDetails final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TemplateDetails)

public:
    explicit TemplateDetails(const Theme &theme, QWidget *parent = nullptr);
    void setTemplate(const InstanceTemplate *source); ///< null: nothing to show

signals:
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void retranslate();
    void showEnvs();
    QList<std::pair<QString, QString>> facts() const;

    std::optional<InstanceTemplate> m_template;
    DetailsHead *m_head;
    QLabel *m_description;
    QLabel *m_imageLabel;
    CopyField *m_image;
    FactList *m_facts;
    QLabel *m_envsLabel;
    QCheckBox *m_reveal;
    FactList *m_envs;
    QLabel *m_readmeLabel;
    QPlainTextEdit *m_readme;
};

} // namespace novita
