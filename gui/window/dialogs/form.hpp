// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/words.hpp"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <functional>

namespace gacsong::gui {

/// A dialog with a form and two buttons.
class Form final : public QDialog {
public:
    Form(QWidget* parent, const Words& words, const QString& title, const QString& accept) : QDialog(parent)
    {
        setWindowTitle(title);
        setMinimumWidth(480);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(16, 16, 16, 16);
        column->setSpacing(12);
        form_ = new QFormLayout;
        form_->setHorizontalSpacing(12);
        form_->setVerticalSpacing(8);
        column->addLayout(form_);
        problem_ = new QLabel;
        problem_->setWordWrap(true);
        problem_->hide();
        column->addWidget(problem_);
        auto* buttons = new QDialogButtonBox;
        auto* good = buttons->addButton(accept, QDialogButtonBox::AcceptRole);
        good->setProperty("primary", true);
        good->setDefault(true);
        buttons->addButton(words("gui.dialog.cancel"), QDialogButtonBox::RejectRole);
        column->addWidget(buttons);
        connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
        connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    }

    template <class Widget> Widget* add(const QString& name, Widget* widget, const QString& hint = {})
    {
        widget->setAccessibleName(name);
        auto* label = new QLabel(name);
        label->setBuddy(widget);
        form_->addRow(label, widget);
        if (!hint.isEmpty()) {
            auto* below = new QLabel(hint);
            below->setProperty("hint", true);
            below->setWordWrap(true);
            widget->setAccessibleDescription(hint);
            form_->addRow(new QLabel, below);
        }
        return widget;
    }

    /// Called before it closes with yes; an empty text lets it.
    std::function<QString()> check;

    void accept() override
    {
        const QString problem = check ? check() : QString();
        problem_->setText(problem);
        problem_->setVisible(!problem.isEmpty());
        if (problem.isEmpty())
            QDialog::accept();
    }

private:
    QFormLayout* form_ = nullptr;
    QLabel* problem_ = nullptr;
};

} // namespace gacsong::gui
