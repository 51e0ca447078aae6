// A body as it was before Content-Encoding (RFC 9110 8.4): gzip, x-gzip, deflate (zlib and raw, as browsers take it),
// br, zstd, several in a row. Pure; any thread. Bounded: a small body must not become a huge one.
#pragma once

#include "wire/result.h"

#include <QByteArray>

#include <string_view>

namespace traffic {

struct DecodedBody {
    QByteArray bytes;
    bool cut = false; // the input ended early, or the output reached the bound: this is the beginning
};

// `contentEncoding`: the field's value, codings in the order they were applied. InvalidRequest with a sentence for the
// user when a coding is unknown or the bytes are not what it says.
[[nodiscard]] wire::Result<DecodedBody> decodeBody(std::string_view contentEncoding, const QByteArray &body);

} // namespace traffic
