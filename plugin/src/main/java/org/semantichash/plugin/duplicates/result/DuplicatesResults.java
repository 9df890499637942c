/*
 * Copyright the Semantic Hash authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except
 * in compliance with the License. You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License
 * is distributed on an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express
 * or implied. See the License for the specific language governing permissions and limitations under
 * the License.
 */
package org.semantichash.plugin.duplicates.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.elasticsearch.ResourceNotFoundException;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.client.internal.Client;
import org.semantichash.plugin.duplicates.Page;

/** The results of searches of near-duplicates. */
public final class DuplicatesResults {

  private final ResultDocuments documents;
  private final RunningJobs running;

  /** Those of this cluster. */
  public DuplicatesResults(Client client, RunningJobs running) {
    this.documents = new ResultDocuments(client);
    this.running = running;
  }

  /** Stores a search that begins. */
  public void start(StoredJob job, ActionListener<Void> listener) {
    documents.create(job, listener);
  }

  /**
   * Stores the groups of a search, waiting for each page.
   *
   * @param await waits for one page
   * @return the first group of each page
   */
  public List<Integer> writeGroups(
      String job, ResultGroups groups, Consumer<Consumer<ActionListener<Void>>> await) {
    return PageBreaks.write(
        groups, (page, some) -> await.accept(l -> documents.putPage(job, page, some, l)));
  }

  /**
   * Stores how a search ended, unless it was deleted meanwhile.
   *
   * @param starts the first group of each page
   * @param fields what is added to its header
   */
  public void finish(
      String id, List<Integer> starts, Map<String, ?> fields, ActionListener<Void> listener) {
    documents.get(
        id,
        listener.delegateFailureAndWrap(
            (l, found) -> {
              if (found.isEmpty()) {
                documents.deletePages(id, l);
                return;
              }
              StoredJob done = found.get().with(fields).withPages(starts);
              documents.replace(
                  done,
                  l.delegateFailureAndWrap(
                      (f, replaced) -> {
                        if (replaced && starts.isEmpty() == false) {
                          f.onResponse(null);
                        } else {
                          documents.deletePages(id, f);
                        }
                      }));
            }));
  }

  /** All searches, the last first, without their groups. */
  public void list(ActionListener<List<Map<String, Object>>> listener) {
    documents.list(
        listener.delegateFailureAndWrap(
            (l, jobs) ->
                running.all(jobs, l.map(all -> all.stream().map(StoredJob::header).toList()))));
  }

  /**
   * A search with some of its groups.
   *
   * @param listener gets it, or a failure: 404 when there is none
   */
  public void get(String id, Page page, ActionListener<Map<String, Object>> listener) {
    find(
        id,
        listener.delegateFailureAndWrap(
            (l, job) ->
                running.one(
                    job,
                    lost -> documents.get(id, lost),
                    l.delegateFailureAndWrap((f, now) -> show(now, page, f)))));
  }

  private void find(String id, ActionListener<StoredJob> listener) {
    documents.get(id, listener.map(found -> require(id, found)));
  }

  private static StoredJob require(String id, Optional<StoredJob> found) {
    return found.orElseThrow(
        () -> new ResourceNotFoundException("near duplicates [{}] not found", id));
  }

  private void show(StoredJob job, Page page, ActionListener<Map<String, Object>> listener) {
    Map<String, Object> shown = new LinkedHashMap<>(job.header());
    if (job.state() != JobState.COMPLETED) {
      listener.onResponse(shown);
      return;
    }
    shown.put("from", page.from());
    shown.put("size", page.size());
    List<Integer> starts = job.starts();
    int groups = ((Number) job.header().get("total_groups")).intValue();
    int end = Math.min(groups, page.end());
    if (page.from() >= end) {
      shown.put("groups", List.of());
      listener.onResponse(shown);
      return;
    }
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

  /**
   * Deletes a search and what it found; cancels it first when it runs.
   *
   * @param listener gets nothing, or a failure: 404 when there is none
   */
  public void delete(String id, ActionListener<Void> listener) {
    find(
        id,
        listener.delegateFailureAndWrap(
            (l, job) ->
                running.cancel(
                    job, l.delegateFailureAndWrap((f, done) -> documents.delete(id, f)))));
  }
}
