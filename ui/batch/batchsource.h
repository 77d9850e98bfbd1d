// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/workflows/batchtable.h"
#include "ui/uicontext.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;
class QStackedWidget;

namespace novita {

/// Where the rows of a batch come from: copies of one draft with a pattern for their names, or a table (CSV, JSON) that is
/// pasted, opened or dropped. What was typed is kept through everything.
class BatchSource final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchSource)

public:
    explicit BatchSource(const UiContext &context, QWidget *parent = nullptr);

    /// What every row begins as. The name pattern follows its name until a person changes it.
    void setModel(const InstanceDraft &model);
    const InstanceDraft &model() const { return m_model; }

    /// The rows as they stand; an Error when a table was given that is none. No rows while nothing was entered.
    Result<BatchTable> rows() const;
    bool isTable() const;
    /// Something that a person entered would be lost.
    bool hasInput() const;
    /// Reads a file into the table field, and shows that. Not at once: the file is read on another thread.
    void readFile(const QString &path);
    void retranslate();

signals:
    void changed();
    void modelEditRequested();
    /// A sentence: a file that could not be read, nothing was taken from it. Empty: what was said of an earlier one is over.
    void failed(const QString &sentence);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *buildCopies();
    QWidget *buildTable();
    void describeModel();
    void takeText(const QString &text);

    const UiContext &m_context;
    InstanceDraft m_model;
    bool m_patternTyped = false;
    CallGuard m_reading;
    QTimer m_rest; ///< a table is read when the typing pauses
    QRadioButton *m_useCopies;
    QRadioButton *m_useTable;
    QLabel *m_like;
    QPushButton *m_edit;
    QStackedWidget *m_pages;
    QLabel *m_countLabel;
    QSpinBox *m_count;
    QLabel *m_patternLabel;
    QLineEdit *m_pattern;
    QLabel *m_patternNote;
    QPlainTextEdit *m_text;
    QPushButton *m_open;
    QLabel *m_tableNote;
};

} // namespace novita
