// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/images/imageserver.h"
#include "ui/uicontext.h"

#include <QDialog>
#include <QList>

class QLabel;
class QPushButton;
class QTableWidget;

namespace novita {

class EmptyState;

/// The person's image servers: how each stands, with buttons to add, edit, test and remove.
class ServerDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ServerDialog)

public:
    explicit ServerDialog(const UiContext &context, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void showRows(bool hasRows);
    void apply();
    void edit(const ImageServer &server);
    void test();
    void removeChosen();
    void say(const char *tone, const QString &sentence);
    QString chosenId() const;
    void retranslate();

    const UiContext m_context;
    QLabel *m_note;
    QTableWidget *m_table;
    EmptyState *m_empty; ///< in place of the table while it has no rows
    QLabel *m_result;
    QPushButton *m_add;
    QPushButton *m_edit;
    QPushButton *m_test;
    QPushButton *m_remove;
    QPushButton *m_close;
    QStringList m_ids; ///< of the rows
    CallGuard m_testing;
};

} // namespace novita
