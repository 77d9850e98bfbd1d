// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/retirement.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace novita {

/// What is to be done, and which endpoint does it: those that answer first, retired ones last, to be read only. Says how the chosen one stands. A video model
/// that has an endpoint of its own is offered once, as that.
class EndpointPicker final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndpointPicker)

public:
    /// The table must outlive the picker; followTable() when it has changed.
    EndpointPicker(const EndpointTable &table, const Clock &clock, QWidget *parent = nullptr);

    ImageMode mode() const;
    const EndpointSpec *endpoint() const; ///< nullptr when no endpoint serves the mode
    /// A mode that the endpoint does not serve gives way. An unknown endpoint, and one of the other kind (setOnServer), changes nothing: false.
    bool choose(const QString &endpoint, std::optional<ImageMode> mode = std::nullopt);
    /// What is offered for `mode`, whatever is chosen now: the first that is not over and is one of `like` or of its kind, in their order, else the first that
    /// is not over, else the first; nullptr when there is none. nullptr in `like` is passed over.
    const EndpointSpec *best(ImageMode mode, const QList<const EndpointSpec *> &like = {}) const;
    /// What is retired for the profile in use; `inSandbox` as in standingOn().
    void setRetired(const RetiredMarks &marks, bool inSandbox = false);
    /// Offers what the table has now; what is chosen stays where it is still there.
    void followTable();
    /// Offers what an image server of one's own does, in place of what the cloud does. Keeps the mode where it can.
    void setOnServer(bool onServer);
    bool isOnServer() const { return m_onServer; }

    QList<QLabel *> labels() const { return {m_modeLabel, m_endpointLabel}; }

signals:
    void chosen();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fillModes();
    void refillModes();
    QList<const EndpointSpec *> offered(ImageMode mode, const QString &wanted = {}) const;
    bool isCovered(const EndpointSpec &spec, ImageMode mode) const;
    void fillEndpoints(const QString &wanted);
    void present();
    EndpointStanding standing(const EndpointSpec &spec) const;
    bool isOffered(const EndpointSpec &spec) const;
    void retranslate();

    const EndpointTable &m_table;
    const Clock &m_clock;
    bool m_onServer = false;
    RetiredMarks m_marks;
    bool m_inSandbox = false;
    QLabel *m_modeLabel;
    QComboBox *m_mode;
    QLabel *m_endpointLabel;
    QComboBox *m_endpoint;
    QLabel *m_standing;
};

} // namespace novita
