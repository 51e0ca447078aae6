// The widgets and models of the main window and their layout; owned by it. Without behaviour.
#pragma once

#include "settings/window_state.h"
#include "ui/models/exchange_filter_model.h"
#include "ui/models/tunnel_model.h"
#include "ui/theme/theme.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QTimer>

class QFrame;
class QLabel;
class QMainWindow;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace ui {

class DetailsPane;
class ExchangeCommands;
class ExposeEditor;
class ExposeForm;
class HarCommands;
class IconButton;
class NoticeStack;
class RequestsPane;
class SearchField;
class ShortcutsSheet;
class StatusStrip;
class Toast;
class TunnelCommands;
class TunnelList;
class TunnelNotice;
class TunnelStrip;
class VisitorBar;

struct MainWindowParts {
    Q_DECLARE_TR_FUNCTIONS(ui::MainWindow)

public:
    MainWindowParts(QMainWindow &window, workspace::Workspace &workspace, traffic::ExchangeStore &store,
                    const Theme &theme, settings::WindowState &state);

    // After a change of font: the buttons beside do not let the row grow with its text by themselves.
    void fitToolbar();
    // Where the details are: beside the list, or below it in a narrow window.
    void setDetailsBelow(bool below);

    const Theme &theme;
    TunnelModel tunnels;
    ExchangeModel requests;
    ExchangeFilterModel shown;
    TunnelCommands *tunnelCommands;
    ExchangeCommands *exchangeCommands;
    HarCommands *harCommands;

    QWidget *toolbar;
    QPushButton *exposeButton;
    SearchField *filter;
    IconButton *importButton;
    IconButton *exportButton; // all that are shown
    IconButton *clearButton;
    IconButton *keysButton;
    IconButton *settingsButton;
    NoticeStack *notices; // by Notice::key
    VisitorBar *visitors;

    QSplitter *columns; // rail | rest
    TunnelList *rail;
    QStackedWidget *middle; // form | work
    ExposeForm *form;
    QSplitter *work; // requests | details
    TunnelStrip *strip;
    TunnelNotice *tunnelNotice;
    QLabel *filterFault; // what of the filter is not understood
    RequestsPane *list;
    QFrame *sidePane;
    QStackedWidget *side; // details | editor
    DetailsPane *details;
    ExposeEditor *editor;
    StatusStrip *status;
    Toast *toast;
    ShortcutsSheet *shortcuts;
    QTimer statusLater;

private:
    QWidget *buildToolbar();
    QWidget *buildRequests();
    void arrange(QMainWindow &window);
};

} // namespace ui
