// Recorded bytes made ready to be looked at: decoded, named, indented, dumped, and as a picture; each bounded, with what
// was left out told in a sentence. Pure; any thread (large bodies are prepared off the GUI thread).
#pragma once

#include "traffic/body_format.h"
#include "ui/views/syntax.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QImage>
#include <QStringList>

#include <optional>
#include <string>

namespace ui {

struct BodySource {
    std::string contentType;
    std::string contentEncoding;
    QByteArray body;
    bool cut = false; // only the beginning was recorded

    friend bool operator==(const BodySource &, const BodySource &) = default;
};

struct BodyContent {
    traffic::BodyType type = traffic::BodyType::Empty;
    QString facts; // "JSON · 4.1 kB · 1.2 kB on the wire (gzip)"
    QStringList notes; // what is not shown, and why
    QString textNote; // … in Pretty and Raw
    QString hexNote; // … in Hex
    std::optional<traffic::JsonFault> fault; // the text is not what it says it is

    QString pretty; // null where text does not read better than it came
    QString raw;
    QString hex;
    Syntax prettySyntax = Syntax::None;
    Syntax rawSyntax = Syntax::None;
    QImage image; // null where it is none, or cannot be shown
    QSize imageSize; // of the picture itself; the image may be smaller
};

[[nodiscard]] BodyContent prepareBody(const BodySource &source);

} // namespace ui
