// Gives the application its look (Fusion with our palette, fonts and style sheet) and everything in it colours and
// icons. One, made by main and handed to whoever paints; GUI thread.
#pragma once

#include "settings/preferences.h"
#include "ui/theme/colors.h"

#include <QFont>
#include <QIcon>
#include <QObject>

class QApplication;

namespace ui {

// Drawn for this product in resources/icons/NAME.svg, one colour each, tinted at run time.
enum class Glyph {
    Tunnel,
    Add,
    Copy,
    OpenExternal,
    QrCode,
    Play,
    Stop,
    Pause,
    Restart,
    Search,
    Filter,
    Clear,
    Close,
    Check,
    Warning,
    Error,
    Info,
    Redirect,
    Replay,
    Edit,
    Duplicate,
    Trash,
    Undo,
    Settings,
    Menu,
    More,
    ChevronDown,
    ChevronRight,
    Send,
    Eye,
    EyeOff,
    Key,
    Server,
    Globe,
    Lock,
    Clock,
    Image,
    Code,
    Text,
    Keyboard,
    Moon,
    Sun,
    Download,
    Upload,
    Link,
    StatusOnline,
    StatusPending,
    StatusPaused,
    StatusFailed,
    StatusIdle, // distinct shapes
};

class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QApplication &application, settings::Appearance appearance = settings::Appearance::System);

    // System takes the lightness of the desktop's own palette, read at this moment: Qt 6.4 does not tell when the
    // desktop changes it. Where the platform gives no palette (no desktop at all), it is light.
    void setAppearance(settings::Appearance appearance);
    [[nodiscard]] const Colors &colors() const { return m_colors; }

    // Tinted in the text colour (dimmed when disabled), sharp at every scale.
    [[nodiscard]] QIcon icon(Glyph glyph) const;
    [[nodiscard]] QIcon icon(Glyph glyph, const QColor &color) const;

    [[nodiscard]] QFont monospace() const; // for headers, bodies, URLs
    [[nodiscard]] QFont heading() const;   // of an empty state or a page
    [[nodiscard]] QFont small() const;     // secondary lines

Q_SIGNALS:
    void changed(); // colours and icons are others: fetch them anew, repaint

private:
    void apply();
    [[nodiscard]] bool wantsDark();

    QApplication &m_application;
    settings::Appearance m_appearance;
    Colors m_colors;
};

// The product's own icon: resources/icons/http-tunnel.svg.
[[nodiscard]] QIcon applicationIcon();

} // namespace ui
