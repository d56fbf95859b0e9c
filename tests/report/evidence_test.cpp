// SPDX-License-Identifier: GPL-3.0-or-later
// Packages that prove themselves: every changed, missing or added byte of a file is found and named.
#include "report/evidence/ed25519.hpp"
#include "report/evidence/file_hash.hpp"
#include "report/evidence/package.hpp"
#include "report/evidence/verify.hpp"
#include "report/evidence/zip.hpp"
#include "report/picture/sheet.hpp"
#include "report/store/store_sink.hpp"
#include "tests/report/package_files.hpp"
#include "tests/report/sample_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>

namespace gacsong::evidence {
namespace {

namespace fs = std::filesystem;
using test::unpacked;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Evidence : public ::testing::Test {
protected:
    const test::TemporaryFolder folder;
    Keys keys{folder.path() / "keys"};
    std::unique_ptr<Store> store;
    const fs::path file = folder.path() / "package.zip";

    void SetUp() override
    {
        picture::prepare_painting();
        StoreSink sink(folder.path() / "store.sqlite", 100);
        ASSERT_TRUE(sink.begin(test::sample_run()));
        for (const Emission& e : {test::licensed_emission(), test::unlicensed_emission(), test::protected_emission()})
            ASSERT_TRUE(sink.emission(e));
        for (const Finding& f : test::sample_findings())
            ASSERT_TRUE(sink.finding(f));
        ASSERT_TRUE(sink.end(test::sample_end()));
        store = std::move(*Store::open(folder.path() / "store.sqlite"));
        ASSERT_TRUE(add_to_case(*store, {"lan", test::morning}, {}, "Nhiễu", std::array{*parse_item_address("all")}));
        ASSERT_TRUE(keys.make());
        ASSERT_TRUE(written());
    }

    Result<Package> written() const
    {
        const auto material = papers::gather_case(*store, "VV-2026-001");
        return write_package({*store,
                              *material,
                              {},
                              keys,
                              test::words(Language::vi),
                              test::words(Language::en),
                              "Gác Sóng 9.9.9",
                              {"lan", test::morning}},
                             file);
    }

    [[nodiscard]] Verification verified(const std::vector<ZipEntry>& entries) const
    {
        const fs::path other = folder.path() / "other.zip";
        EXPECT_TRUE(write_zip(other, entries, test::morning));
        const auto found = verify_package(other, keys.trusted());
        EXPECT_TRUE(found);
        return *found;
    }
};

TEST(Ed25519, SignsAsTheStandardSays)
{
    // RFC 8032 §7.1, test 2, its secret key as PKCS #8 (RFC 8410 §7).
    const std::string secret = "-----BEGIN PRIVATE KEY-----\n"
                               "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7\n"
                               "-----END PRIVATE KEY-----\n";
    const auto shared = public_pem_of(secret);
    ASSERT_TRUE(shared);
    const auto signature = sign(secret, "r");
    ASSERT_TRUE(signature);
    EXPECT_EQ(*signature, "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                          "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(signature_matches(*shared, "r", *signature));
    EXPECT_FALSE(signature_matches(*shared, "s", *signature));
}

TEST(Ed25519, RefusesWhatIsNoKey)
{
    for (const char* text : {"", "x", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}) {
        EXPECT_FALSE(fingerprint(text));
        EXPECT_FALSE(sign(text, "m"));
        EXPECT_FALSE(signature_matches(text, "m", std::string(128, '0')));
    }
}

TEST_F(Evidence, KeyIsForItsOwnerAloneAndNeverOverwritten)
{
    struct stat facts {};
    ASSERT_EQ(stat(keys.private_file().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
    EXPECT_EQ(keys.make().error().message.key, "key.exists");
    EXPECT_EQ(Keys(folder.path() / "none").private_pem().error().message.key, "evidence.key");
}

TEST_F(Evidence, IsWholeWhenItIsMade)
{
    const auto found = verify_package(file, keys.trusted());
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->good());
    EXPECT_EQ(found->trusted, "office");
    EXPECT_EQ(found->files, unpacked(file).size() - 2);
    const auto stranger = verify_package(file, {});
    EXPECT_TRUE(stranger->good());
    EXPECT_FALSE(stranger->trusted);
    const std::string command = "cd '" + folder.path().string() +
                                "' && python3 -c \"import zipfile; zipfile.ZipFile('package.zip').extractall('x')\" && "
                                "cd x && sha512sum --strict -c SHA512SUMS > /dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0); // NOLINT(cert-env33-c): the standard's own program is the judge
}

TEST_F(Evidence, NamesAChangedByteOfAnyFile)
{
    const auto entries = unpacked(file);
    ASSERT_GE(entries.size(), 7U);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        for (const std::size_t at : {std::size_t{0}, entries[i].text.size() / 2, entries[i].text.size() - 1}) {
            auto changed = entries;
            changed[i].text[at] = static_cast<char>(changed[i].text[at] ^ 1);
            const Verification found = verified(changed);
            EXPECT_FALSE(found.good()) << entries[i].name << " at " << at;
            if (entries[i].name == "signature.ed25519" && at + 1 != entries[i].text.size()) {
                EXPECT_TRUE(found.contents_whole());
                EXPECT_FALSE(found.signature_valid);
            } else if (entries[i].name != "SHA512SUMS" && entries[i].name != "signature.ed25519") {
                EXPECT_THAT(found.changed, ElementsAre(entries[i].name));
            }
        }
    }
}

TEST_F(Evidence, NamesWhatIsMissingAndWhatWasAdded)
{
    const auto entries = unpacked(file);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto fewer = entries;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        if (entries[i].name == "SHA512SUMS") {
            ASSERT_TRUE(write_zip(folder.path() / "no.zip", fewer, test::morning));
            EXPECT_EQ(verify_package(folder.path() / "no.zip", {}).error().message.key, "verify.no_sums");
            continue;
        }
        EXPECT_THAT(verified(fewer).missing, Contains(entries[i].name));
    }
    auto more = entries;
    more.push_back({"note.txt", "x", {}});
    EXPECT_THAT(verified(more).added, ElementsAre("note.txt"));
    auto twice = entries;
    twice.push_back(entries.front());
    EXPECT_THAT(verified(twice).added, ElementsAre(entries.front().name));
}

TEST_F(Evidence, FindsSumsThatWereMadeAnewAndSignedByAnother)
{
    auto entries = unpacked(file);
    Keys other(folder.path() / "other");
    ASSERT_TRUE(other.make());
    std::string sums;
    for (ZipEntry& entry : entries) {
        if (entry.name == "office.pub")
            entry.text = *other.public_pem();
        if (entry.name == "SHA512SUMS" || entry.name == "signature.ed25519")
            continue;
        std::ofstream(folder.path() / "piece", std::ios::binary) << entry.text;
        sums += sha512_of_file(folder.path() / "piece") + "  " + entry.name + "\n";
    }
    entries[entries.size() - 2].text = sums;
    EXPECT_FALSE(verified(entries).signature_valid) << "the old signature does not fit";
    entries.back().text = *sign(*other.private_pem(), sums);
    const Verification found = verified(entries);
    EXPECT_TRUE(found.good());
    EXPECT_FALSE(found.trusted) << "it is whole, but nobody here knows the key";
    ASSERT_TRUE(keys.trust("an-giang", folder.path() / "other" / "office.pub"));
    EXPECT_EQ(verified(entries).trusted, "an-giang");
}

TEST_F(Evidence, NamesTheFileAtWhichAZipIsDamaged)
{
    std::string damaged = test::read_file(file);
    for (std::size_t i = 0; i < 40; ++i)
        damaged[damaged.size() / 2 + i] = static_cast<char>(~damaged[damaged.size() / 2 + i]);
    const fs::path other = folder.path() / "other.zip";
    std::ofstream(other, std::ios::binary | std::ios::trunc) << damaged;
    const auto found = verify_package(other, {});
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().message.key, "verify.broken_at");
    const std::string said = test::words(Language::en).text(found.error().message);
    const auto files = unpacked(file);
    EXPECT_TRUE(std::any_of(files.begin(), files.end(), [&](const ZipEntry& entry) {
        return said.find(" at " + entry.name + ";") != std::string::npos;
    })) << said;
    EXPECT_TRUE(std::all_of(said.begin(), said.end(), [](char c) { return c >= ' ' && c <= '~'; })) << said;
}

TEST_F(Evidence, SurvivesAnyBrokenZip)
{
    const std::string whole = test::read_file(file);
    const auto files = unpacked(file);
    const fs::path other = folder.path() / "other.zip";
    for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 400) {
        std::string broken = whole;
        broken[at] = static_cast<char>(broken[at] ^ 0x40);
        std::ofstream(other, std::ios::binary | std::ios::trunc) << broken;
        const auto found = verify_package(other, {});
        if (!found || !found->good())
            continue;
        // A byte between the files (a date, a length that nobody reads): the files are the same.
        const auto now = unpacked(other);
        ASSERT_EQ(now.size(), files.size()) << at;
        for (std::size_t i = 0; i < files.size(); ++i)
            EXPECT_EQ(now[i].text, files[i].text) << at;
    }
    for (const std::size_t length : {std::size_t{0}, std::size_t{10}, whole.size() / 2}) {
        std::ofstream(other, std::ios::binary | std::ios::trunc) << whole.substr(0, length);
        const auto found = verify_package(other, {});
        EXPECT_FALSE(found && found->good()) << length;
    }
}

TEST_F(Evidence, SaysWhatItCouldNotTake)
{
    const auto package = written();
    ASSERT_TRUE(package);
    EXPECT_EQ(package->left_out.size(), 4U) << "the recording does not exist: no clips, no pictures";
    EXPECT_EQ(package->sha512, sha512_of_file(file));
}

} // namespace
} // namespace gacsong::evidence
