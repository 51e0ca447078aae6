#include "wire/variable_name.h"

#include <gtest/gtest.h>

namespace {

TEST(VariableName, CaseAndUnderscoresAreNoDifference)
{
    for (const char *name : {"X-Real-IP", "x_real_ip", "X_REAL-ip"})
        EXPECT_TRUE(wire::sameVariableName(name, "x-real-ip")) << name;
    for (const char *name : {"", "X-Real", "X-Real-IP-", "XRealIP", "X.Real.IP", "X-Real-IQ"})
        EXPECT_FALSE(wire::sameVariableName(name, "x-real-ip")) << name;
}

TEST(VariableName, BeginningsAreComparedAlike)
{
    for (const char *name : {"X-Forwarded-", "X_Forwarded-For", "x-forwarded_PROTO"})
        EXPECT_TRUE(wire::beginsVariableName(name, "x-forwarded-")) << name;
    for (const char *name : {"", "X-Forwarded", "Y-Forwarded-For"})
        EXPECT_FALSE(wire::beginsVariableName(name, "x-forwarded-")) << name;
}

} // namespace
