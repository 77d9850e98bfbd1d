// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/retirement.h"
#include "core/gallery/picture.h"
#include "ui/gallery/restoreplan.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QScrollArea;

namespace novita {

class Theme;
class WrappedText;

/// Shows what putting a picture's settings back into the form changes, field by field, and does it when the person
/// agrees. Which part can be chosen here, too. Where the picture was made by another endpoint, the person says which of
/// the two it is for; one that is over (EndpointStanding) cannot be chosen. open() it; it deletes itself.
class RestoreDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RestoreDialog)

public:
    struct Parts
    {
        const Theme &theme;
        const EndpointTable &endpoints; ///< outlives the dialog
        EndpointOutlook outlook;
    };

    /// `current`: what the form holds, with the endpoint that it is of.
    RestoreDialog(const Parts &parts, const Recipe &current, const Picture &picture, RestorePart part,
                  QWidget *parent = nullptr);

    const restoreplan::Plan &plan() const { return m_plan; }

signals:
    /// The whole recipe for the form; its endpoint may be another than the form's. `what` names the step for undo:
    /// "restored seed".
    void applied(const novita::Recipe &recipe, const QString &what);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void offerEndpoints();
    void refresh();
    void presentRows();
    void presentWarnings();
    void apply();
    QString stepName() const;
    RestorePart part() const;
    const EndpointSpec *target() const;
    void retranslate();

    const Parts m_parts;
    const Recipe m_current;
    const Picture m_picture;
    restoreplan::Plan m_plan;
    QLabel *m_title;
    QLabel *m_partLabel;
    QComboBox *m_part;
    QWidget *m_endpoints;
    QLabel *m_endpointLabel;
    QRadioButton *m_theirs;
    QRadioButton *m_ours;
    QCheckBox *m_asTyped;
    QLabel *m_warning;
    QLabel *m_summary;
    WrappedText *m_rows;
    QScrollArea *m_area;
    QPushButton *m_cancel;
    QPushButton *m_apply;
};

} // namespace novita
