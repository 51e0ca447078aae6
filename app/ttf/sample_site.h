// The pages of `ttf demo`: a small site with a style sheet, an image, JSON, a clock by server-sent events and a form, so
// that there is traffic of every common kind to look at. Pure: a request in, a response out; links are relative, so
// that it works under a path as well.
#pragma once

#include "wire/http_head.h"

#include <QDateTime>

#include <string>
#include <string_view>

namespace ttf {

struct SampleResponse {
    wire::ResponseHead head; // with Content-Length, unless `clock`
    std::string body; // empty for HEAD
    bool clock = false; // clockEvent()s follow until the visitor goes
};

[[nodiscard]] SampleResponse sampleResponse(const wire::RequestHead &request, std::string_view body);
[[nodiscard]] SampleResponse sampleError(unsigned status, std::string_view reason, const std::string &text);

[[nodiscard]] std::string clockEvent(const QDateTime &now);

} // namespace ttf
