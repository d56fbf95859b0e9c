// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/formats/readers.hpp"
#include "sdr/formats/sigmf_draft.hpp"

#include <unistd.h>

namespace gacsong::sdr {

namespace {

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

/// A name without folders that stays in the folder it is looked up in.
bool plain_name(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\0') == std::string::npos;
}

/// A file of another form that has metadata beside it which names it (a non-conforming dataset).
bool is_described(const Candidate& candidate)
{
    const std::string beside = sigmf_meta_beside(candidate.path);
    if (!exists(beside))
        return false;
    const auto meta = read_sigmf(beside, SigmfKeep::without_annotations);
    return meta && sigmf_facts(*meta, {}).dataset == candidate.base_name;
}

bool claims_pair(const Candidate& candidate)
{
    return candidate.extension == "sigmf-meta" || candidate.extension == "sigmf-data" ||
           candidate.extension == "sigmf-collection" || is_described(candidate);
}

/// Finds the file with the samples. `core:dataset` wins where it names one that is there.
Result<std::string> data_path(const SigmfFacts& facts, const std::string& folder, const SigmfPaths& paths,
                              const std::string& name)
{
    if (facts.dataset && plain_name(*facts.dataset) && exists(folder + *facts.dataset))
        return folder + *facts.dataset;
    if (exists(paths.data))
        return paths.data;
    if (facts.metadata_only)
        return failure("sigmf.metadata_only", {{"file", name}});
    const std::string missing = facts.dataset ? *facts.dataset : paths.data.substr(folder.size());
    return failure("sigmf.pair", {{"file", name}, {"missing", shown(missing)}});
}

Result<Draft> read_pair(const Candidate& candidate)
{
    if (candidate.extension == "sigmf-collection")
        return failure("sigmf.collection", {{"file", candidate.name}});
    auto paths = sigmf_paths(candidate.path);
    if (!paths)
        paths = SigmfPaths{sigmf_meta_beside(candidate.path), candidate.path};
    if (!exists(paths->meta))
        return failure("sigmf.pair",
                       {{"file", candidate.name}, {"missing", shown(paths->meta.substr(candidate.folder.size()))}});
    const auto meta = read_sigmf(paths->meta, SigmfKeep::without_annotations);
    if (!meta)
        return tl::unexpected(meta.error());
    const auto path = data_path(sigmf_facts(*meta, candidate.name), candidate.folder, *paths, candidate.name);
    if (!path)
        return tl::unexpected(path.error());
    auto data = FileBytes::open(*path);
    if (!data)
        return tl::unexpected(data.error());
    return draft_of_sigmf(*meta, std::move(*data), path->substr(candidate.folder.size()), candidate.name);
}

} // namespace

const FormatInfo sigmf_pair_format{"SigMF", "sigmf-meta sigmf-data", claims_pair, read_pair};

} // namespace gacsong::sdr
