// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/sigmf.hpp"
#include "tests/sdr/support.hpp"

#include <algorithm>

namespace gacsong::sdr {
namespace {

using namespace testing;

/// A pair: metadata with these members of `global` behind the datatype, these captures, and data.
std::string write_pair(const TempFolder& folder, const std::string& global, const std::string& captures,
                       const std::string& data, const std::string& name = "x")
{
    folder.write(name + ".sigmf-data", data);
    return folder.write(name + ".sigmf-meta", R"({"global":{"core:version":"1.2.5",)" + global + R"(},"captures":[)" +
                                                  captures + R"(],"annotations":[]})");
}

const std::string ci8 = R"("core:datatype":"ci8","core:sample_rate":2400000)";

TEST(Sigmf, PairOpensByEitherNameOrNone)
{
    const TempFolder folder;
    const std::string data = pattern(4000);
    write_pair(folder, ci8 + R"(,"core:hw":"RTL2838")",
               R"({"core:sample_start":0,"core:frequency":98000000,"core:datetime":"2026-11-02T03:15:00Z"})", data);
    for (const char* name : {"x.sigmf-meta", "x.sigmf-data", "x"}) {
        const auto opened = open_recording(folder.path(name), {});
        ASSERT_TRUE(opened) << name << opened.error().message.key;
        const StreamInfo& info = opened->source->info();
        EXPECT_EQ(info.container, "sigmf");
        EXPECT_EQ(info.format_name, "cs8");
        EXPECT_EQ(info.sample_rate_hz, 2.4e6);
        EXPECT_EQ(info.center_hz, 98e6);
        EXPECT_EQ(info.start, (Instant{1793589300LL * 1'000'000'000}));
        EXPECT_EQ(info.format_origin, Origin::sidecar);
        EXPECT_EQ(info.start_origin, Origin::sidecar);
        EXPECT_EQ(info.receiver, "RTL2838");
        EXPECT_TRUE(info.warnings.empty());
        EXPECT_EQ(drain(*opened->source).bytes, data);
    }
}

TEST(Sigmf, HalfAPairNamesWhatIsMissing)
{
    const TempFolder folder;
    const std::string meta = write_pair(folder, ci8, "", pattern(400));
    std::filesystem::remove(folder.path("x.sigmf-data"));
    const auto no_data = open_recording(meta, {});
    ASSERT_FALSE(no_data);
    EXPECT_EQ(no_data.error().message.key, "sigmf.pair");
    EXPECT_EQ(no_data.error().message.arguments[1].value, Value{std::string("x.sigmf-data")});
    const std::string data = folder.write("y.sigmf-data", pattern(400));
    EXPECT_EQ(open_recording(data, {}).error().message.key, "sigmf.pair");
    EXPECT_TRUE(open_recording(data, flags_of("cs8", 1e6)));
}

struct DatatypeCase {
    const char* text;
    const char* type; ///< "": unknown
    bool complex;
};

class SigmfDatatypeText : public ::testing::TestWithParam<DatatypeCase> {};

TEST_P(SigmfDatatypeText, IsRead)
{
    const auto type = parse_sigmf_datatype(GetParam().text);
    EXPECT_EQ(type ? type->format.name() : "", GetParam().type);
    if (type) {
        EXPECT_EQ(type->complex, GetParam().complex);
    }
}

INSTANTIATE_TEST_SUITE_P(Table, SigmfDatatypeText,
                         ::testing::Values(DatatypeCase{"cu8", "cu8", true}, DatatypeCase{"ci8", "cs8", true},
                                           DatatypeCase{"ci16_le", "cs16", true},
                                           DatatypeCase{"ci16_be", "cs16_be", true},
                                           DatatypeCase{"ci32_le", "cs32", true}, DatatypeCase{"cf32_le", "cf32", true},
                                           DatatypeCase{"cf32_be", "cf32_be", true},
                                           DatatypeCase{"cf64_le", "cf64", true}, DatatypeCase{"cu16_le", "cs16", true},
                                           DatatypeCase{"cf32", "cf32", true}, DatatypeCase{"ci8_le", "cs8", true},
                                           DatatypeCase{"rf32_le", "cf32", false}, DatatypeCase{"ru8", "cu8", false},
                                           DatatypeCase{"cf16_le", "", true}, DatatypeCase{"ci12", "", true},
                                           DatatypeCase{"cs8", "", true}, DatatypeCase{"", "", true},
                                           DatatypeCase{"cf32_leXYZ", "", true}, DatatypeCase{"c", "", true}));

TEST(Sigmf, UnknownDatatypeIsRefusedUnlessStated)
{
    const TempFolder folder;
    const std::string meta = write_pair(folder, R"("core:datatype":"ci12","core:sample_rate":1e6)", "", pattern(400));
    EXPECT_EQ(open_recording(meta, {}).error().message.key, "file.coding");
    EXPECT_TRUE(open_recording(meta, flags_of("cs16", 1e6)));
}

TEST(Sigmf, RealSamplesAreRefused)
{
    const TempFolder folder;
    const auto opened =
        open_recording(write_pair(folder, R"("core:datatype":"ri16_le","core:num_channels":2,"core:sample_rate":48000)",
                                  "", pattern(400)),
                       {});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message.key, "file.real_samples");
    EXPECT_EQ(opened.error().fault, Fault::input);
}

TEST(Sigmf, UnsignedWordsAreCentred)
{
    const TempFolder folder;
    const std::string data = le(0x8000, 2) + le(0xFFFF, 2) + le(0, 2) + le(0x8001, 2);
    const auto opened =
        open_recording(write_pair(folder, R"("core:datatype":"cu16_le","core:sample_rate":48000)", "", data), {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, le(0, 2) + le(0x7FFF, 2) + le(0x8000, 2) + le(1, 2));
}

TEST(Sigmf, MissingRateComesFromTheNameOrIsAskedFor)
{
    const TempFolder folder;
    const std::string no_rate = R"("core:datatype":"ci8")";
    EXPECT_EQ(open_recording(write_pair(folder, no_rate, "", pattern(400)), {}).error().message.key, "file.needs_rate");
    const auto named = open_recording(write_pair(folder, no_rate, "", pattern(400), "x_98M_250k"), {});
    ASSERT_TRUE(named);
    EXPECT_EQ(named->source->info().rate_origin, Origin::file_name);
}

TEST(Sigmf, SegmentsKeepTheirTuningAndGaps)
{
    const TempFolder folder;
    const auto opened = open_recording(
        write_pair(
            folder, ci8,
            R"({"core:sample_start":0,"core:global_index":1000,"core:frequency":98e6,"core:datetime":"2026-11-02T03:15:00Z"},)"
            R"({"core:sample_start":500,"core:global_index":1500,"core:frequency":99e6},)"
            R"({"core:sample_start":800,"core:global_index":2100,"core:frequency":99e6,"gacsong:lost_why":"overflow"})",
            pattern(2000)),
        {});
    ASSERT_TRUE(opened);
    const Drained all = drain(*opened->source, 300);
    const std::int64_t start = 1793589300LL * 1'000'000'000;
    const std::vector<Segment> expected{{0, 98e6, Instant{start}, 0, ""},
                                        {500, 99e6, Instant{start + 208333}, 0, ""},
                                        {800, 99e6, Instant{start + 458333}, 300, "overflow"}};
    EXPECT_EQ(all.segments, expected);
    EXPECT_EQ(all.samples, 1000U);
    for (const std::uint64_t at : {std::uint64_t{500}, std::uint64_t{800}})
        EXPECT_EQ(std::count(all.block_starts.begin(), all.block_starts.end(), at), 1);
}

TEST(Sigmf, SegmentsThatGoOnBehaveAsOne)
{
    const TempFolder folder;
    const auto opened = open_recording(
        write_pair(folder, ci8,
                   R"({"core:sample_start":0,"core:frequency":98e6,"core:datetime":"2026-11-02T03:15:00Z"},)"
                   R"({"core:sample_start":500,"core:frequency":98e6},)"
                   R"({"core:sample_start":600,"core:frequency":98e6,"core:datetime":"2026-11-02T03:15:00.000250Z"},)"
                   R"({"core:sample_start":900,"core:frequency":98e6,"core:datetime":"2026-11-02T03:15:09Z"})",
                   pattern(2000)),
        {});
    ASSERT_TRUE(opened);
    const Drained all = drain(*opened->source, 100000);
    ASSERT_EQ(all.segments.size(), 2U);
    EXPECT_EQ(all.segments[1].first_sample,
              900U); // nine seconds are missing there, though nobody says how many samples
    EXPECT_EQ(all.block_starts.size(), 2U);
}

TEST(Sigmf, OffsetOfACutRecordingIsTakenOff)
{
    const TempFolder folder;
    const std::string captures = R"({"core:sample_start":5000,"core:frequency":98e6},)"
                                 R"({"core:sample_start":5600,"core:frequency":99e6})";
    const auto absolute =
        open_recording(write_pair(folder, ci8 + R"(,"core:offset":5000)", captures, pattern(2000)), {});
    ASSERT_TRUE(absolute);
    const Drained all = drain(*absolute->source);
    ASSERT_EQ(all.segments.size(), 2U);
    EXPECT_EQ(all.segments[1].first_sample, 600U);
    EXPECT_TRUE(absolute->source->info().warnings.empty());
}

TEST(Sigmf, OffsetThatTheWriterForgotIsNoticed)
{
    const TempFolder folder;
    const std::string captures = R"({"core:sample_start":0,"core:frequency":98e6},)"
                                 R"({"core:sample_start":600,"core:frequency":99e6})";
    const std::string meta = write_pair(folder, ci8 + R"(,"core:offset":5000)", captures, pattern(2000));
    const auto opened = open_recording(meta, {});
    ASSERT_TRUE(opened);
    EXPECT_TRUE(says(opened->source->info().warnings, "sigmf.offset_relative"));
    const Drained all = drain(*opened->source);
    ASSERT_EQ(all.segments.size(), 2U);
    EXPECT_EQ(all.segments[1].first_sample, 600U);
    EXPECT_EQ(sigmf_facts(*read_sigmf(meta), "x").index_base(), 0U);
}

TEST(Sigmf, NonConformingDatasetsAreReadAsDescribed)
{
    const TempFolder folder;
    const std::string a = pattern(1000, 1);
    const std::string b = pattern(1000, 2);
    folder.write("x.bin", "HEADHEAD" + a + "head" + b + "tail!");
    const std::string meta = folder.write(
        "x.sigmf-meta",
        R"({"global":{"core:datatype":"cu8","core:sample_rate":1e6,"core:dataset":"x.bin","core:trailing_bytes":5},)"
        R"("captures":[{"core:sample_start":0,"core:header_bytes":8,"core:frequency":98e6},)"
        R"({"core:sample_start":500,"core:header_bytes":4,"core:frequency":98e6}]})");
    for (const std::string& path : {meta, folder.path("x.bin")}) {
        const auto opened = open_recording(path, {});
        ASSERT_TRUE(opened) << opened.error().message.key;
        const Drained all = drain(*opened->source);
        EXPECT_EQ(all.bytes, a + b);
        EXPECT_EQ(all.segments.size(), 1U);
        std::vector<std::complex<float>> out(1000);
        EXPECT_TRUE(opened->history->read(0, out));
    }
}

TEST(Sigmf, DatasetMayNotLeaveItsFolder)
{
    const TempFolder folder;
    folder.write("secret.bin", pattern(400));
    std::filesystem::create_directory(folder.path("in"));
    folder.write("in/x.sigmf-meta",
                 R"({"global":{"core:datatype":"cu8","core:sample_rate":1e6,"core:dataset":"../secret.bin"}})");
    EXPECT_EQ(open_recording(folder.path("in/x.sigmf-meta"), {}).error().message.key, "sigmf.pair");
}

TEST(Sigmf, OfTwoChannelsGivesTheFirst)
{
    const TempFolder folder;
    const auto opened = open_recording(
        write_pair(folder, ci8 + R"(,"core:num_channels":2)", "", "\x01\x02\x03\x04\x05\x06\x07\x08\x09"), {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, "\x01\x02\x05\x06");
    EXPECT_TRUE(says(opened->source->info().warnings, "file.channels"));
    EXPECT_TRUE(says(opened->source->info().warnings, "file.odd_bytes"));
}

TEST(Sigmf, FlagMovesEveryTuningAlike)
{
    const TempFolder folder;
    InputFlags flags;
    flags.center_hz = 1000e6;
    const auto opened = open_recording(write_pair(folder, ci8,
                                                  R"({"core:sample_start":0,"core:frequency":98e6},)"
                                                  R"({"core:sample_start":500,"core:frequency":99e6})",
                                                  pattern(2000)),
                                       flags);
    ASSERT_TRUE(opened);
    const Drained all = drain(*opened->source);
    EXPECT_EQ(all.segments[0].center_hz, 1000e6);
    EXPECT_EQ(all.segments[1].center_hz, 1001e6);
}

TEST(Sigmf, OddCapturesAreToldAndSurvived)
{
    const TempFolder folder;
    const auto warnings = [&](const std::string& captures) {
        const auto opened = open_recording(write_pair(folder, ci8, captures, pattern(2000)), {});
        EXPECT_TRUE(opened) << captures;
        EXPECT_EQ(drain(*opened->source).samples, 1000U) << captures;
        return opened->source->info().warnings;
    };
    EXPECT_EQ(warnings("").size(), 1U); // the centre is unknown
    EXPECT_TRUE(says(warnings(R"({"core:sample_start":0},{"core:sample_start":1000},{"core:sample_start":9e15})"),
                     "sigmf.capture_beyond"));
    EXPECT_TRUE(says(warnings(R"({"core:sample_start":500,"core:frequency":98e6})"), "sigmf.uncovered"));
    EXPECT_TRUE(says(warnings(R"({"core:sample_start":500,"core:frequency":98e6},{"core:sample_start":0})"),
                     "sigmf.captures_unsorted"));
    EXPECT_TRUE(says(warnings(R"({"core:sample_start":0,"core:frequency":0})"), "sigmf.zero_frequency"));
    EXPECT_TRUE(says(warnings(R"({"core:sample_start":0,"core:datetime":"2026-11-02T03:15:00"})"), "sigmf.no_zone"));
    EXPECT_TRUE(says(warnings(R"({"core:sample_start":0,"core:datetime":"yesterday"})"), "sigmf.datetime"));
    EXPECT_TRUE(says(warnings(R"({"core:frequency":98e6})"), "sigmf.capture_start"));
    EXPECT_TRUE(says(warnings(R"(7,null,{"core:sample_start":-3},{"core:sample_start":"a"})"), "sigmf.capture_start"));
}

TEST(Sigmf, TwoCapturesAtOneSampleLeaveTheLater)
{
    const TempFolder folder;
    const auto opened = open_recording(write_pair(folder, ci8,
                                                  R"({"core:sample_start":0,"core:frequency":98e6},)"
                                                  R"({"core:sample_start":0,"core:frequency":99e6})",
                                                  pattern(2000)),
                                       {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->source->info().center_hz, 99e6);
    EXPECT_EQ(drain(*opened->source).segments.size(), 1U);
}

TEST(Sigmf, RequiredExtensionIsTold)
{
    const TempFolder folder;
    const auto opened = open_recording(
        write_pair(folder, ci8 + R"(,"core:extensions":[{"name":"radar","version":"1.0.0","optional":false}])", "",
                   pattern(400)),
        {});
    ASSERT_TRUE(opened);
    EXPECT_TRUE(says(opened->source->info().warnings, "sigmf.extension"));
}

TEST(Sigmf, PlaceIsReadUnlessSwapped)
{
    const TempFolder folder;
    const auto place = [&](const std::string& coordinates) {
        const auto opened = open_recording(
            write_pair(folder, ci8 + R"(,"core:geolocation":{"type":"Point","coordinates":)" + coordinates + "}", "",
                       pattern(400)),
            {});
        return opened->source->info().latitude;
    };
    EXPECT_EQ(place("[106.7,10.78,9.8]"), 10.78);
    EXPECT_FALSE(place("[10.78,106.7]"));
    EXPECT_FALSE(place("[]"));
    EXPECT_FALSE(place(R"(["a",null])"));
}

TEST(Sigmf, BrokenMetadataSaysWhere)
{
    const TempFolder folder;
    folder.write("x.sigmf-data", pattern(400));
    const auto key = [&](const std::string& text) {
        return open_recording(folder.write("x.sigmf-meta", text), {}).error().message.key;
    };
    EXPECT_EQ(key(""), "file.bad_header");
    EXPECT_EQ(key("{"), "file.bad_header");
    EXPECT_EQ(key("[]"), "file.bad_header");
    EXPECT_EQ(key(R"({"global":[]})"), "file.bad_header");
    EXPECT_EQ(key(R"({"global":{},"captures":{}})"), "file.bad_header");
    EXPECT_EQ(key(R"({"global":{"x":)" + std::string(100000, '[') + std::string(100000, ']') + "}}"),
              "file.bad_header");
    EXPECT_EQ(key("{\"global\":{\"core:description\":\"\xFF\"}}"), "file.bad_header");
}

TEST(SigmfMetaText, KeepsWhatItDoesNotKnow)
{
    const std::string text = R"({"zeta:top":1,"global":{"core:datatype":"ci8","antenna:model":"yagi","a":1e300},)"
                             R"("captures":[{"core:sample_start":0,"x:y":[1,{"z":null}]}],)"
                             R"("annotations":[{"core:sample_start":18446744073709551615,"core:comment":"đài"},{}]})";
    const auto meta = parse_sigmf(text, "x");
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->annotation_count, 2U);
    EXPECT_EQ(nlohmann::ordered_json::parse(sigmf_text(*meta)), nlohmann::ordered_json::parse(text));
    EXPECT_EQ(meta->document.begin().key(), "zeta:top");
    EXPECT_NE(sigmf_text(*meta).find("18446744073709551615"), std::string::npos);
    EXPECT_NE(sigmf_text(*meta).find("đài"), std::string::npos);
}

TEST(SigmfMetaText, MayLeaveTheAnnotationsOut)
{
    const auto meta = parse_sigmf(R"({"global":{},"captures":[{"a":[1,2]}],"annotations":[{"a":{"b":[1]}},{},3,[4]]})",
                                  "x", SigmfKeep::without_annotations);
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->annotation_count, 4U);
    EXPECT_TRUE(meta->document["annotations"].empty());
    EXPECT_EQ(meta->document["captures"].size(), 1U);
    EXPECT_EQ(meta->document["captures"][0]["a"].size(), 2U);
}

TEST(SigmfNames, BelongTogether)
{
    EXPECT_EQ(sigmf_paths("/a/b.sigmf-data")->meta, "/a/b.sigmf-meta");
    EXPECT_EQ(sigmf_paths("b.sigmf-meta")->data, "b.sigmf-data");
    EXPECT_FALSE(sigmf_paths("b.cu8"));
    EXPECT_EQ(sigmf_meta_beside("/a.b/c.cu8"), "/a.b/c.sigmf-meta");
    EXPECT_EQ(sigmf_meta_beside("/a.b/c"), "/a.b/c.sigmf-meta");
    EXPECT_EQ(sigmf_meta_beside("/a.b/.hidden"), "/a.b/.hidden.sigmf-meta");
    EXPECT_EQ(sigmf_datatype(SampleFormat::of(Component::s16, true)), "ci16_be");
    EXPECT_EQ(sigmf_datatype(SampleFormat::of(Component::s8)), "ci8");
}

} // namespace
} // namespace gacsong::sdr
