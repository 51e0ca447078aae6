// Every control and every small widget in its states, on one page each: what a designer looks at after a change of the
// theme.
#pragma once

#include "ui/theme/metrics.h"
#include "ui/widgets/badge_label.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/field_row.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/qr_view.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/url_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>
#include <QVBoxLayout>

#include <memory>

namespace gallery {

inline QPushButton *button(const char *text, const char *kind = "", bool enabled = true)
{
    auto *made = new QPushButton(QString::fromUtf8(text));
    made->setProperty("kind", QString::fromLatin1(kind));
    made->setEnabled(enabled);
    return made;
}

inline QLayout *row(std::initializer_list<QWidget *> widgets)
{
    auto *made = new QHBoxLayout;
    made->setSpacing(ui::kGap);
    for (QWidget *widget : widgets)
        made->addWidget(widget);
    made->addStretch();
    return made;
}

inline QLabel *heading(const ui::Theme &theme, const char *text)
{
    auto *label = new QLabel(QString::fromUtf8(text));
    label->setFont(theme.heading());
    return label;
}

template <class Toggle>
Toggle *toggle(const char *text, bool on, bool enabled = true)
{
    auto *made = new Toggle(QString::fromUtf8(text));
    made->setAutoExclusive(false);
    made->setChecked(on);
    made->setEnabled(enabled);
    return made;
}

inline QLineEdit *field(const char *text, const char *placeholder = "", bool enabled = true, bool fault = false)
{
    auto *made = new QLineEdit(QString::fromUtf8(text));
    made->setPlaceholderText(QString::fromUtf8(placeholder));
    made->setEnabled(enabled);
    made->setProperty("fault", fault);
    made->setMinimumWidth(160);
    return made;
}

inline QStandardItemModel *items(QObject *parent)
{
    auto *model = new QStandardItemModel(0, 3, parent);
    model->setHorizontalHeaderLabels({QStringLiteral("Header"), QStringLiteral("Value"), QStringLiteral("Size")});
    for (int index = 0; index < 12; ++index)
        model->appendRow({new QStandardItem(QStringLiteral("Content-Type")),
                          new QStandardItem(QStringLiteral("application/json")),
                          new QStandardItem(QStringLiteral("%1 kB").arg(index))});
    model->item(2)->appendRow(new QStandardItem(QStringLiteral("charset")));
    return model;
}

inline QWidget *views()
{
    auto *splitter = new QSplitter;
    auto *table = new QTableView;
    table->setWordWrap(false);
    table->setModel(items(table));
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(ui::kRowHeight);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->selectRow(1);
    table->horizontalHeader()->setStretchLastSection(true);
    auto *tree = new QTreeView;
    tree->setModel(items(tree));
    tree->expandAll();
    tree->setCurrentIndex(tree->model()->index(1, 0));
    splitter->addWidget(table);
    splitter->addWidget(tree);
    return splitter;
}

inline QTabWidget *tabs()
{
    auto *made = new QTabWidget;
    made->addTab(views(), QStringLiteral("Overview"));
    made->addTab(new QPlainTextEdit(QStringLiteral("{}")), QStringLiteral("Request"));
    made->addTab(new QWidget, QStringLiteral("Response"));
    made->addTab(new QWidget, QStringLiteral("Raw"));
    made->setTabEnabled(3, false);
    return made;
}

inline std::unique_ptr<QWidget> controls(ui::Theme &theme)
{
    auto page = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(page.get());
    column->setContentsMargins(ui::kSection, ui::kSection, ui::kSection, ui::kSection);
    column->setSpacing(ui::kPad);
    column->addWidget(heading(theme, "Buttons"));
    auto *withIcon = button("Expose port…", "primary");
    withIcon->setIcon(theme.icon(ui::Glyph::Add, theme.colors().onAccent));
    auto *focused = button("With focus");
    column->addLayout(
        row({withIcon, button("Default"), focused, button("Remove", "danger"), button("Learn more", "link"),
             button("Disabled", "", false), button("Disabled", "primary", false)}));
    auto *boxed = new QToolButton;
    boxed->setProperty("kind", QStringLiteral("boxed"));
    boxed->setText(QStringLiteral("Pretty"));
    auto *off = new ui::IconButton(theme, ui::Glyph::Stop, QStringLiteral("Stop"));
    off->setEnabled(false);
    auto *on = new ui::IconButton(theme, ui::Glyph::Filter, QStringLiteral("Filter"));
    on->setCheckable(true);
    on->setChecked(true);
    column->addLayout(row({new ui::IconButton(theme, ui::Glyph::Copy, QStringLiteral("Copy")),
                           new ui::IconButton(theme, ui::Glyph::Pause, QStringLiteral("Pause")), on, off, boxed,
                           toggle<QCheckBox>("Start with the program", true), toggle<QCheckBox>("Off", false),
                           toggle<QCheckBox>("Disabled", true, false)}));
    column->addLayout(row({toggle<QRadioButton>("Rewrite", true), toggle<QRadioButton>("Preserve", false),
                           toggle<QRadioButton>("Disabled", true, false)}));
    column->addWidget(heading(theme, "Fields"));
    auto *combo = new QComboBox;
    combo->addItems({QStringLiteral("Built-in relay"), QStringLiteral("relay.example.com")});
    auto *spin = new QSpinBox;
    spin->setRange(1, 65535);
    spin->setValue(3000);
    column->addLayout(row(
        {field("shop"), field("", "Name"), field("bad name", "", true, true), field("off", "", false), combo, spin}));
    auto *progress = new QProgressBar;
    progress->setValue(40);
    column->addWidget(progress);
    column->addWidget(tabs(), 1);
    return page;
}

inline ui::BadgeLabel *badge(const ui::Theme &theme, const ui::Badge &what)
{
    auto *made = new ui::BadgeLabel(theme);
    made->setBadge(what);
    return made;
}

inline QLayout *badges(const ui::Theme &theme)
{
    auto *made = new QHBoxLayout;
    for (const auto phase : {client::Phase::Online, client::Phase::Connecting, client::Phase::Reconnecting,
                             client::Phase::Failed, client::Phase::Stopped}) {
        client::TunnelStatus status;
        status.phase = phase;
        made->addWidget(badge(theme, ui::badgeOf(status, theme.colors())));
    }
    for (const unsigned code : {0U, 200U, 304U, 404U, 502U}) {
        client::ExchangeSummary exchange;
        exchange.status = code;
        exchange.state = code == 0 ? client::ExchangeState::Pending : client::ExchangeState::Done;
        made->addWidget(badge(theme, ui::badgeOf(exchange, theme.colors())));
    }
    made->addStretch();
    return made;
}

inline ui::NoticeBar *notice(const ui::Theme &theme, ui::NoticeBar::Kind kind, const char *text, const char *action)
{
    auto *made = new ui::NoticeBar(theme);
    made->tell(kind, QString::fromUtf8(text));
    if (*action)
        made->addButton(QString::fromUtf8(action));
    return made;
}

inline ui::FieldRow *fieldRow(const ui::Theme &theme, const char *label, QLineEdit *edit)
{
    return new ui::FieldRow(theme, QString::fromUtf8(label), edit);
}

inline QLayout *form(const ui::Theme &theme)
{
    auto *made = new QHBoxLayout;
    made->setSpacing(ui::kSection);
    auto *hint = fieldRow(theme, "&Name", field("", "shop"));
    hint->setHint(QStringLiteral("Lower case, digits and hyphens. Empty: any name."));
    auto *fault = fieldRow(theme, "&Port", field("99999"));
    fault->setFault(QStringLiteral("99999 is no port: use 1 to 65535."));
    auto *praise = fieldRow(theme, "Na&me", field("shop"));
    praise->setPraise(QStringLiteral("shop is free."));
    for (auto *field : {hint, fault, praise})
        made->addWidget(field);
    return made;
}

inline std::unique_ptr<QWidget> widgets(ui::Theme &theme)
{
    using Kind = ui::NoticeBar::Kind;
    auto page = std::make_unique<QWidget>();
    auto *column = new QVBoxLayout(page.get());
    column->setContentsMargins(ui::kSection, ui::kSection, ui::kSection, ui::kSection);
    column->setSpacing(ui::kPad);
    column->addLayout(badges(theme));
    column->addWidget(notice(theme, Kind::Info, "Recording of bodies is off.", "Turn on"));
    column->addWidget(notice(theme, Kind::Success, "The token works.", ""));
    column->addWidget(notice(theme, Kind::Warning,
                             "The connection to relay.example.com is lost. Trying again by itself (attempt 3); if it "
                             "lasts, check the network and the server. This notice is long enough for two lines.",
                             "Retry now"));
    column->addWidget(notice(theme, Kind::Error, "relay.example.com does not accept the token.", "Open Settings"));
    auto *url = new ui::UrlBar(theme, [](const QUrl &) {});
    url->setUrl(QStringLiteral("https://shop.relay.example.com/"));
    auto *none = new ui::UrlBar(theme, [](const QUrl &) {});
    auto *search = new ui::SearchField(theme, QStringLiteral("Filter requests"));
    auto *wrong = new ui::SearchField(theme, QStringLiteral("Filter"));
    wrong->setText(QStringLiteral("status:>>4"));
    wrong->setFault(QStringLiteral("“>>4” is no status: try status:>=400."));
    auto *grid = new QGridLayout;
    grid->setSpacing(ui::kPad);
    grid->addWidget(url, 0, 0);
    grid->addWidget(none, 0, 1);
    grid->addWidget(search, 1, 0);
    grid->addWidget(wrong, 1, 1);
    column->addLayout(grid);
    column->addLayout(form(theme));
    auto *empty = new ui::EmptyState(theme, ui::Glyph::Tunnel, QStringLiteral("Give a local port a public URL"),
                                     QStringLiteral("Choose the port of something that runs on this machine. Requests "
                                                    "appear here while visitors make them."));
    empty->addButton(QStringLiteral("Expose port…"), true);
    empty->addButton(QStringLiteral("Try the sample site"));
    column->addWidget(empty, 1);
    return page;
}

} // namespace gallery
