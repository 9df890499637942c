// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates.result;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.RefCountingListener;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.component.Lifecycle;
import org.elasticsearch.core.TimeValue;
import org.semantichash.plugin.duplicates.DuplicatesLimits;
import org.semantichash.plugin.duplicates.DuplicatesRequest.Page;
import org.semantichash.plugin.duplicates.result.StoredJob.JobState;

/**
 * The results of searches of near-duplicates. Each belongs to the user who asked for it and
 * expires. For everybody else but a superuser it does not exist.
 */
public final class DuplicatesResults {

  /** Bytes that a search writes before it looks again how much is stored by all. */
  private static final long CHECKED = 8L << 20;

  private static final Logger logger = LogManager.getLogger(DuplicatesResults.class);

  private final ResultDocuments documents;
  private final RunningJobs running;
  private final DuplicatesLimits limits;

  /** The results that are stored in this cluster. */
  public DuplicatesResults(Client client, RunningJobs running, DuplicatesLimits limits) {
    this.documents = new ResultDocuments(client);
    this.running = running;
    this.limits = limits;
  }

  /** Stores a search that begins; status 429 when too many are stored. */
  public void start(StoredJob job, ActionListener<Void> listener) {
    documents.usage(
        System.currentTimeMillis(),
        listener.delegateFailureAndWrap(
            (l, usage) -> {
              limits.checkResults(usage.jobs());
              limits.checkBytes(usage.bytes());
              documents.create(job, l);
            }));
  }

  /**
   * Stores the groups of a search, waiting for each page; status 429 when there is no room.
   *
   * @param await waits for one page
   */
  public StoredJob.Pages writeGroups(
      String job, ResultGroups groups, Consumer<Consumer<ActionListener<Void>>> await) {
    AtomicLong written = new AtomicLong();
    AtomicLong checked = new AtomicLong(-CHECKED);
    List<Integer> starts =
        PageBreaks.write(
            groups,
            (page, some) -> {
              BytesReference source = ResultDocuments.page(job, some);
              if (written.get() - checked.get() >= CHECKED) {
                await.accept(l -> checkRoom(source.length(), l));
                checked.set(written.get());
              }
              await.accept(l -> documents.putPage(job, page, source, l));
              written.addAndGet(source.length());
            });
    return new StoredJob.Pages(starts, written.get());
  }

  private void checkRoom(long bytes, ActionListener<Void> listener) {
    documents.usage(
        System.currentTimeMillis(),
        listener.map(
            usage -> {
              limits.checkBytes(usage.bytes() + bytes);
              return null;
            }));
  }

  /**
   * Stores how a search ended, unless it was deleted meanwhile.
   *
   * @param pages its groups
   * @param fields what is added to its header
   */
  public void finish(
      String id, StoredJob.Pages pages, Map<String, ?> fields, ActionListener<Void> listener) {
    documents.get(
        id,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isEmpty()) {
                documents.deletePages(id, l);
                return;
              }
              documents.replace(
                  found.get().with(fields).with(pages),
                  l.delegateFailureAndWrap(
                      (f, replaced) -> {
                        if (replaced == false) {
                          finish(id, pages, fields, f); // it was deleted, or its time changed
                        } else if (pages.starts().isEmpty()) {
                          documents.deletePages(id, f);
                        } else {
                          f.onResponse(null);
                        }
                      }));
            }));
  }

  /** Deletes what a search has stored whose caller was told of a failure instead. */
  public void discard(String id, ActionListener<Void> listener) {
    documents.delete(id, listener);
  }

  /**
   * All searches, the last first: how they are and how large. Neither what they searched nor what
   * they found, except for a superuser, who is told the indices.
   */
  public void list(Caller caller, ActionListener<List<Map<String, Object>>> listener) {
    boolean all = caller.isSuperuser();
    documents.list(
        listener.delegateFailureAndWrap(
            (l, jobs) ->
                running.all(
                    jobs,
                    documents::list,
                    l.map(
                        now ->
                            now.stream()
                                .filter(DuplicatesResults::isKept)
                                .map(job -> listed(job, all))
                                .toList()))));
  }

  /** An expired result is deleted by the next sweep, and hidden until then. */
  private static boolean isKept(StoredJob job) {
    return job.expires() > System.currentTimeMillis();
  }

  private static Map<String, Object> listed(StoredJob job, boolean withIndices) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", job.id());
    for (String field : List.of("task", "state", "start_time_in_millis", "took", "status")) {
      if (job.header().containsKey(field)) {
        shown.put(field, job.header().get(field));
      }
    }
    shown.put("expiration_time_in_millis", job.expires());
    shown.put("size_in_bytes", job.found().bytes());
    if (withIndices) {
      shown.put("indices", job.access().asked());
    }
    return shown;
  }

  /**
   * A search as it is now.
   *
   * @param indices as the request that began it named them
   * @param listener gets it, or a failure: 404 when there is none that the caller may see
   */
  public void open(
      String id, List<String> indices, Caller caller, ActionListener<StoredJob> listener) {
    find(
        id,
        indices,
        caller,
        listener.delegateFailureAndWrap(
            (l, job) -> running.one(job, again -> documents.get(id, again), l)));
  }

  /**
   * Keeps a search longer, or shorter, for a caller whose rights have been checked.
   *
   * @param keepAlive how long it is kept from now on; null for as long as it is kept anyway
   */
  public void keep(StoredJob job, TimeValue keepAlive, ActionListener<StoredJob> listener) {
    if (keepAlive == null) {
      listener.onResponse(job);
      return;
    }
    long until = System.currentTimeMillis() + keepAlive.millis();
    keep(job.id(), until, listener.map(kept -> job.until(until)));
  }

  private void keep(String id, long until, ActionListener<Void> listener) {
    documents.get(
        id,
        listener.delegateFailureAndWrap(
            (l, found) ->
                documents.replace(
                    found.orElseThrow(() -> notFound(id)).until(until),
                    l.delegateFailureAndWrap(
                        (f, replaced) -> {
                          if (replaced) {
                            f.onResponse(null);
                          } else {
                            keep(id, until, f); // it has just ended
                          }
                        }))));
  }

  private void find(
      String id, List<String> indices, Caller caller, ActionListener<StoredJob> listener) {
    documents.get(
        id,
        listener.map(
            found ->
                found
                    .filter(DuplicatesResults::isKept)
                    .filter(job -> job.access().isOf(indices))
                    .filter(job -> caller.mayAccess(job.access().owner()))
                    .orElseThrow(() -> notFound(id))));
  }

  static ResourceNotFoundException notFound(String id) {
    return new ResourceNotFoundException("near duplicates [{}] not found", id);
  }

  /**
   * What a search is and has found, without its groups: some of what it searched has been deleted,
   * so whether the caller may still read it cannot be checked.
   *
   * @param gone the deleted indices, aliases and data streams
   */
  public static Map<String, Object> showWithoutGroups(StoredJob job, List<String> gone) {
    Map<String, Object> shown = header(job);
    shown.put("deleted_indices", gone);
    if (job.state() == JobState.COMPLETED) {
      shown.put(
          "warning",
          "groups are shown only while all that was searched exists, but "
              + gone
              + " has been deleted: search again, or delete this result");
    }
    return shown;
  }

  private static Map<String, Object> header(StoredJob job) {
    Map<String, Object> shown = new LinkedHashMap<>(job.header());
    shown.put("expiration_time_in_millis", job.expires());
    return shown;
  }

  /** What a search is and has found, with some of its groups. */
  public void show(StoredJob job, Page page, ActionListener<Map<String, Object>> listener) {
    Map<String, Object> shown = header(job);
    if (job.state() != JobState.COMPLETED) {
      listener.onResponse(shown);
      return;
    }
    shown.put("from", page.from());
    shown.put("size", page.size());
    List<Integer> starts = job.found().starts();
    int groups = ((Number) job.header().get("total_groups")).intValue();
    int end = Math.min(groups, page.end());
    if (page.from() >= end) {
      shown.put("groups", List.of());
      listener.onResponse(shown);
      return;
    }
    assert starts.isEmpty() == false && starts.getFirst() == 0 : "pages start at " + starts;
    int first = pageOf(starts, page.from());
    int last = first;
    while (last < starts.size() && starts.get(last) < end) {
      last++;
    }
    int skipped = page.from() - starts.get(first);
    documents.pages(
        job.id(),
        first,
        last,
        listener.map(
            parts -> {
              List<Map<String, Object>> all = PageBreaks.join(parts);
              shown.put("groups", all.subList(skipped, skipped + end - page.from()));
              return shown;
            }));
  }

  /** The page on which a group begins. */
  static int pageOf(List<Integer> starts, int group) {
    int found = Collections.binarySearch(starts, group);
    if (found < 0) {
      return -2 - found;
    }
    while (found > 0 && starts.get(found - 1) == group) {
      found--; // the first part of a large group
    }
    return found;
  }

  /** A search that was found, as it is stored now. */
  public void reload(String id, ActionListener<StoredJob> listener) {
    documents.get(id, listener.map(found -> found.orElseThrow(() -> notFound(id))));
  }

  /**
   * Deletes a search and what it found; cancels it first when it runs.
   *
   * @param indices as the request that began it named them
   * @param listener gets nothing, or a failure: 404 when there is none that the caller may see
   */
  public void delete(
      String id, List<String> indices, Caller caller, ActionListener<Void> listener) {
    find(id, indices, caller, listener.delegateFailureAndWrap((l, job) -> delete(job, l)));
  }

  private void delete(StoredJob job, ActionListener<Void> listener) {
    running.cancel(
        job, listener.delegateFailureAndWrap((l, done) -> documents.delete(job.id(), l)));
  }

  /** Sweeps where this node is the elected master; the next time does what fails now. */
  public void sweepIfMaster(ClusterService cluster) {
    if (cluster.lifecycleState() == Lifecycle.State.STARTED
        && cluster.state().nodes().isLocalNodeElectedMaster()) {
      sweep(
          ActionListener.wrap(
              done -> {}, e -> logger.debug("results are left until the next sweep", e)));
    }
  }

  /** Deletes the searches whose time is over, and pages of groups that belong to none. */
  public void sweep(ActionListener<Void> listener) {
    documents.expired(
        System.currentTimeMillis(),
        listener.delegateFailureAndWrap(
            (l, expired) -> {
              try (var all = new RefCountingListener(l)) {
                expired.forEach(job -> delete(job, all.acquire()));
                sweepPages(all.acquire());
              }
            }));
  }

  /** A search is stored before its pages, so that pages without a search were left behind. */
  private void sweepPages(ActionListener<Void> listener) {
    documents.jobsWithPages(
        listener.delegateFailureAndWrap(
            (l, paged) ->
                documents.ids(
                    l.delegateFailureAndWrap(
                        (f, jobs) -> {
                          if (jobs.isEmpty()) {
                            f.onResponse(null); // whose pages are whose cannot be told
                            return;
                          }
                          Set<String> left = new HashSet<>(paged);
                          left.removeAll(jobs.get());
                          try (var all = new RefCountingListener(f)) {
                            left.forEach(id -> documents.deletePages(id, all.acquire()));
                          }
                        }))));
  }

  /** The groups of a result, in the order in which they are shown. */
  public interface ResultGroups {

    int count();

    /** A group as it is shown; its documents are the list [documents]. */
    Map<String, Object> group(int place);
  }
}
