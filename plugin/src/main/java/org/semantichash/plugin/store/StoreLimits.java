// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.store;

import java.util.List;
import org.elasticsearch.ElasticsearchStatusException;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.unit.ByteSizeValue;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.rest.RestStatus;
import org.semantichash.plugin.models.ModelSettings;
import org.semantichash.plugin.store.UploadCatalog.Upload;

/** How much is stored in the cluster; all of it is set by dynamic settings. */
public record StoreLimits(ClusterSettings settings) {

  /**
   * Refuses a model that is larger than one may be.
   *
   * @throws ElasticsearchStatusException with status 413
   */
  void requireSize(long length) {
    ByteSizeValue most = settings.get(ModelSettings.MAX_SIZE);
    if (length > most.getBytes()) {
      throw new ElasticsearchStatusException(
          "a model must have at most [{}] (setting [{}]), got [{}]",
          RestStatus.REQUEST_ENTITY_TOO_LARGE,
          most,
          ModelSettings.MAX_SIZE.getKey(),
          ByteSizeValue.ofBytes(length));
    }
  }

  /**
   * Refuses one more upload when there are too many or too large ones that nobody completes.
   *
   * @param others those that are there
   * @throws ElasticsearchStatusException with status 429
   */
  void requireRoom(Upload upload, List<Upload> others) {
    int most = settings.get(ModelSettings.MAX_UPLOADS);
    if (others.size() + 1 > most) {
      throw refused(
          upload, "at most [" + most + "]", ModelSettings.MAX_UPLOADS.getKey(), others.size());
    }
    long open = others.stream().mapToLong(other -> other.file().length()).sum();
    ByteSizeValue bytes = settings.get(ModelSettings.MAX_UPLOAD_SIZE);
    if (open + upload.file().length() > bytes.getBytes()) {
      throw refused(
          upload,
          "at most [" + bytes + "] together",
          ModelSettings.MAX_UPLOAD_SIZE.getKey(),
          ByteSizeValue.ofBytes(open));
    }
  }

  private static ElasticsearchStatusException refused(
      Upload upload, String rule, String setting, Object open) {
    return new ElasticsearchStatusException(
        "an upload of [{}] for model [{}] cannot begin: unfinished uploads must be {} (setting"
            + " [{}]), there are [{}]; complete them or DELETE _semantic_hash/uploads/{model}",
        RestStatus.TOO_MANY_REQUESTS,
        ByteSizeValue.ofBytes(upload.file().length()),
        upload.model(),
        rule,
        setting,
        open);
  }

  /** How long an upload may take. */
  TimeValue uploadAge() {
    return settings.get(ModelSettings.UPLOAD_EXPIRY);
  }
}
